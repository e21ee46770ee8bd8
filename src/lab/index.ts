export type { LabCommandOptions } from "./command.ts";
export { runLabCommand } from "./command.ts";
export type { Fault } from "./faults.ts";
export type { Lab, LabOptions, TokenIdentity } from "./lab.ts";
export { startLab } from "./lab.ts";
export type { SeedName } from "./seed/index.ts";
export type { LabRequest } from "./service.ts";
export type { LabVersion } from "./versions.ts";
