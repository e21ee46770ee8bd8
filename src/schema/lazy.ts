/** A function that computes its value at the first call and gives the same one ever after. */
export function lazy<T>(compute: () => T): () => T {
  let value: { of: T } | undefined;
  return () => {
    value ??= { of: compute() };
    return value.of;
  };
}
