/** Groups of tools that are listed together. */
export const TOOLSETS = [
  "inventory",
  "guests",
  "storage",
  "backup",
  "network",
  "access",
  "cluster",
  "hosts",
  "jobs",
  "api",
] as const;

export type Toolset = (typeof TOOLSETS)[number];
