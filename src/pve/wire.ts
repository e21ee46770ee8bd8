/** The facts of every operation: whoever imports this should itself be loaded late, as they are large. */
export { wire } from "../../generated/wire.ts";
