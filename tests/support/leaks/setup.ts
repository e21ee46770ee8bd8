import { afterAll } from "vitest";
import { Watch } from "./watch.ts";

const watch = new Watch();
watch.begin();

// Registered first, so that it runs last, when sessions and labs of the file are closed.
afterAll(() => {
  const found = watch.end();
  if (found.length > 0) throw new Error(`Secrets in what was written:\n${found.join("\n")}`);
});
