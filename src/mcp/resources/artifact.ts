import { artifactUri } from "../../artifacts/index.ts";
import type { ResourceKind } from "./kind.ts";

/** Bulk that a tool call put aside, for its own caller alone. */
export const artifact: ResourceKind = {
  template: "proxmox://artifacts/{artifactId}",
  name: "artifact",
  title: "Artifact",
  description: "The whole of an answer that was cut, or a log or file that a tool put aside; gone after a while.",
  async read({ services, principal }, { artifactId }) {
    const found = await services.artifacts.read(principal, artifactId!);
    if (!found) return undefined;
    const { mimeType } = found;
    return "text" in found ? { mimeType, text: found.text } : { mimeType, bytes: found.bytes };
  },
  async list({ services, principal }) {
    return (await services.artifacts.list(principal)).map(
      ({ id, name, mimeType, size, sha256, cluster, expiresAt }) => ({
        uri: artifactUri(id),
        name,
        mimeType,
        size,
        description: `${cluster === undefined ? "" : `From cluster ${cluster}; `}kept until ${new Date(expiresAt).toISOString()}; sha256 ${sha256}`,
      }),
    );
  },
};
