/** Paths below a node that are answered by whichever node is asked. */
export const LOCAL_PATHS = /^\/nodes\/[^/]+\/(?:termproxy|vncshell|vncwebsocket)$/;

/** The node that a path names, if any. */
export function nodeInPath(path: string): string | undefined {
  return /^\/nodes\/([^/]+)/.exec(path)?.[1];
}

/** The path of a guest's operations on a node. */
export function guestPath(node: string, type: "qemu" | "lxc", vmid: string, below = ""): string {
  return `/nodes/${node}/${type}/${vmid}${below === "" ? "" : `/${below}`}`;
}
