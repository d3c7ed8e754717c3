/** The part of the UCUM library that this service calls; the package brings no types of its own. */
declare module '@lhncbc/ucum-lhc' {
  export const UcumLhcUtils: {
    getInstance(): {
      validateUnitString(unit: string): { readonly status: 'valid' | 'invalid' | 'error' };
      convertUnitTo(
        from: string,
        value: number,
        to: string,
      ): { readonly status: 'succeeded'; readonly toVal: number } | { readonly status: 'failed' | 'error' };
    };
  };
}
