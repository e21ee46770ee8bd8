import { readFileSync } from "node:fs";
import { ConfigError } from "./config-error.ts";

/** Reads a PEM file that a setting names. */
export function readPem(setting: string, path: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new ConfigError(
      setting,
      `names ${path}, which cannot be read (${(error as NodeJS.ErrnoException).code})`,
      "a readable PEM file",
    );
  }
  if (!text.includes("-----BEGIN CERTIFICATE-----")) {
    throw new ConfigError(setting, `names ${path}, which holds no certificate`, "a readable PEM file");
  }
  return text;
}
