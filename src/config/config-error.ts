import { ProxmoxMcpError } from "../errors/index.ts";

/** A setting that cannot be used; ends the process with exit code 78 (EX_CONFIG). */
export class ConfigError extends ProxmoxMcpError {
  readonly setting: string;
  readonly fault: string;
  readonly allowed: string;

  constructor(setting: string, fault: string, allowed: string) {
    super({
      code: "configuration",
      message: `${setting} ${fault}.`,
      next: `Allowed: ${allowed}.`,
      data: { setting },
    });
    this.setting = setting;
    this.fault = fault;
    this.allowed = allowed;
  }
}
