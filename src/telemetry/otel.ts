import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Context,
  createTraceState,
  type Span as OtelSpan,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { setGlobalErrorHandler } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { detectResources, envDetector, resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { type Attributes, type Span, type SpanOptions, traceTo } from "./span.ts";

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;
/** Milliseconds in which what is left is sent when the process ends. */
const LAST_MS = 2000;

/**
 * Records spans and sends them by OTLP as JSON; endpoint, headers, sampling and batches are read from the OTEL_* variables
 * by the SDK. Resolves to what sends the rest, and ends in bounded time.
 */
export function startTracing(about: { version: string; say: (text: string) => void }): () => Promise<void> {
  let isTold = false;
  setGlobalErrorHandler((error) => {
    // A collector that is away stays away for a while, and its answers are its own.
    if (!isTold) about.say(`traces cannot be sent (${reasonOf(error)}); what does not fit the queue is dropped`);
    isTold = true;
  });
  const own = resourceFromAttributes({ "service.name": "proxmox-mcp", "service.version": about.version });
  const provider = new BasicTracerProvider({
    // What the environment says comes last, and wins.
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const tracer = provider.getTracer("proxmox-mcp", about.version);
  const current = new AsyncLocalStorage<Context>();
  traceTo({
    async inSpan(name, { kind, attributes = {}, parent }, act) {
      const above = remote(parent) ?? current.getStore() ?? ROOT_CONTEXT;
      const span = tracer.startSpan(name, { kind: kind ? KINDS[kind] : SpanKind.INTERNAL }, above);
      const it = spanOf(span);
      it.set(attributes);
      try {
        return await current.run(trace.setSpan(above, span), () => act(it));
      } catch (error) {
        it.fail(codeOf(error));
        throw error;
      } finally {
        span.end();
      }
    },
  });
  return async () => {
    traceTo(undefined);
    const limit = new Promise<void>((resolve) => setTimeout(resolve, LAST_MS).unref());
    await Promise.race([provider.shutdown().catch(() => {}), limit]);
  };
}

function spanOf(span: OtelSpan): Span {
  return {
    set(attributes: Attributes) {
      for (const [name, value] of Object.entries(attributes)) if (value !== undefined) span.setAttribute(name, value);
    },
    fail(code) {
      span.setAttribute("error.type", code);
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
  };
}

const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?$/;

/** The context of whoever asked, where it is well formed (W3C Trace Context). */
function remote({ traceparent, tracestate }: NonNullable<SpanOptions["parent"]> = {}): Context | undefined {
  const [whole, traceId, spanId, flags] = TRACEPARENT.exec(typeof traceparent === "string" ? traceparent : "") ?? [];
  if (!traceId || !spanId || (whole!.startsWith("00") && whole!.length !== 55)) return undefined;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags!, 16) & TraceFlags.SAMPLED,
    isRemote: true,
    ...(typeof tracestate === "string" && tracestate.length <= 512 ? { traceState: createTraceState(tracestate) } : {}),
  });
}

/** Errors of this project have a code; of others only the kind is told, as texts may hold anything. */
function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === "string" ? code : String(name ?? "error");
}

function reasonOf(error: unknown): string {
  const { code, name } = (typeof error === "object" && error ? error : {}) as { code?: unknown; name?: unknown };
  return String(code ?? name ?? "error");
}
