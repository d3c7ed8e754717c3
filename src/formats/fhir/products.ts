/** Which ingredients (RxNorm) a product (RxNorm) has; null where the table does not know it. */
export type Products = (product: string) => readonly string[] | null;

/** Where there is no table: no product is known. */
export const NO_PRODUCTS: Products = () => null;
