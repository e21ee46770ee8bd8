/** Steps of `drive.py` that the lab cannot do yet; a step that works by now has to be taken off. */
export const EXPECTED_FAILURES: ReadonlySet<string> = new Set([
  "creates a machine",
  "grows its disk",
  "takes rolls back and deletes a snapshot",
  "clones it",
  "backs it up and removes the backup",
  "destroys both",
  "creates and destroys a container",
  "runs a command in a guest",
  "uploads an image",
]);
