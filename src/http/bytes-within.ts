/** How many bytes may still be read. It goes down as they are, and several answers may share it. */
export type Budget = { left: number };

/** The body of an answer; null where it is larger than a budget allows, and then the rest of it is not read. Errors of the network are thrown. */
export const bytesWithin = async (
  { body }: Response,
  budgets: readonly Budget[],
): Promise<Buffer<ArrayBuffer> | null> => {
  const chunks: Uint8Array[] = [];
  if (body === null) return Buffer.concat(chunks);
  const reader: ReadableStreamDefaultReader<Uint8Array> = body.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    for (const budget of budgets) budget.left -= read.value.length;
    if (budgets.some(({ left }) => left < 0)) {
      await reader.cancel();
      return null;
    }
    chunks.push(read.value);
  }
  return Buffer.concat(chunks);
};
