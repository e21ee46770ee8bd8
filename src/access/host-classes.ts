import type { AccessClass, OperationId } from "../schema/operation.ts";

/**
 * Classes of what is done on a host outside of the API, where they are known not to be `escape`, reviewed by hand. The
 * transport holds each of them to what its name says (`src/ssh/confine.ts`): no command runs under one.
 */
export const HOST_CLASSES: Readonly<Record<OperationId, AccessClass>> = {
  // Connects, compares the host's key, logs in, and does nothing.
  "RUN /nodes/{node}/reach": "read",
  // A file right inside of a directory called snippets; it may hold what cloud-init hands to a guest.
  "RUN /nodes/{node}/snippets/read": "read",
  // Replaces such a file in one step, as uploading an image does.
  "RUN /nodes/{node}/snippets/write": "mutate",
};
