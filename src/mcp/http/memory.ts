import { setFlagsFromString } from "node:v8";

/**
 * Keeps the heap at about twice of what is in use. Left to itself V8 lets it grow to four times that before it clears up,
 * and calls that wait for Proxmox make much that is old before it is garbage: 200 callers cost 320 MiB instead of 180.
 */
export function boundHeap(): void {
  setFlagsFromString("--heap-growing-percent=100");
}
