type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of the OpenTelemetry specification that ask for traces. */
const ASKING = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"] as const;

/** Whether traces are asked for, and what keeps them from being sent. */
export function tracesWanted(env: Environment): { wanted: boolean; fault?: string } {
  const exporters = env.OTEL_TRACES_EXPORTER?.trim();
  if (env.OTEL_SDK_DISABLED?.trim().toLowerCase() === "true" || exporters === "none") return { wanted: false };
  if (!exporters && !ASKING.some((name) => env[name])) return { wanted: false };
  const fault = (text: string) => ({ wanted: false, fault: `${text}; no traces are sent` });
  if (exporters && exporters !== "otlp") {
    return fault(`OTEL_TRACES_EXPORTER is ${JSON.stringify(exporters)}, and this server knows otlp and none`);
  }
  for (const name of ["OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL"] as const) {
    const protocol = env[name]?.trim();
    if (protocol && protocol !== "http/json") {
      return fault(`${name} is ${JSON.stringify(protocol)}, and this server speaks http/json`);
    }
    if (protocol) break;
  }
  const given = ASKING.find((name) => env[name]);
  if (given !== undefined && !(URL.canParse(env[given]!) && /^https?:$/.test(new URL(env[given]!).protocol))) {
    return fault(`${given} is no http:// or https:// URL`);
  }
  return { wanted: true };
}
