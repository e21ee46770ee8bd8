export type { FaultByName } from "./faults/definition.ts";
export type { Fault } from "./faults.ts";
export type { Lab, LabOptions, TokenIdentity } from "./lab.ts";
export { startLab } from "./lab.ts";
export type { SeedName } from "./seed/index.ts";
export type { LabVersion } from "./versions.ts";
