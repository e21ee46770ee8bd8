import { IssuerError } from "./issuer-error.ts";

/** No document of an issuer is larger. */
const MOST = 1024 * 1024;

/** Fetches a document of the issuer, in bounded time and size and without being sent elsewhere; throws `IssuerError`. */
export async function issuerFetch(url: string, timeoutMs: number): Promise<Response> {
  const fail = (why: string): never => {
    throw new IssuerError(`${url} ${why}.`);
  };
  let response: Response;
  try {
    response = await fetch(url, {
      redirect: "manual",
      headers: { accept: "application/json" },
      signal: AbortSignal.timeout(timeoutMs),
    });
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > MOST) return fail("answers with more than a document of keys");
      chunks.push(chunk);
    }
    const { status, headers } = response;
    if (status >= 300 && status < 400) return fail("sends its readers elsewhere");
    return new Response(Buffer.concat(chunks), { status, headers });
  } catch (error) {
    if (error instanceof IssuerError) throw error;
    const { name, cause } = error as Error & { cause?: { code?: string; message?: string } };
    return fail(
      name === "TimeoutError"
        ? `does not answer within ${timeoutMs} ms`
        : `cannot be reached (${cause?.code ?? cause?.message ?? name})`,
    );
  }
}
