import { toResult } from "../answer.ts";
import { deliver } from "../deliver.ts";
import type { Content, Reader } from "./kind.ts";

/** Facts as a resource: JSON that is cleaned, masked and marked as a tool's answer is, and within the same budget. */
export async function jsonContent(reader: Reader, name: string, data: object): Promise<Content> {
  const { services, principal } = reader;
  const { structuredContent } = await deliver(toResult(data), {
    name,
    put: (input) => services.artifacts.put(principal, input),
    links: false,
  });
  return { mimeType: "application/json", text: JSON.stringify(structuredContent) };
}
