import * as z from "zod";
import type { FoundGuest } from "../guests/resolve.ts";

/** By which an answer says what guest it is about. */
export const guestHeadOutput = {
  cluster: z.string(),
  vmid: z.int(),
  name: z.string().optional(),
  node: z.string(),
};

/** Which guest an answer is about, and on which node it was met. */
export function guestHead({ cluster, guest }: FoundGuest, node: string) {
  return {
    cluster: cluster.name,
    vmid: guest.vmid,
    ...(guest.name === undefined ? {} : { name: guest.name }),
    node,
  };
}
