// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"format":"pve-node"}).optional());
const s2 = lazy(() => p.text({"maxLength":4096}).optional());
const s3 = lazy(() => p.text({"format":"pve-configid"}));
const s4 = lazy(() => p.list({"maxLength":4096,"format":"pve-configid-list"}).optional());
const s5 = lazy(() => p.text({"maxLength":64}).optional());
const s6 = lazy(() => p.boolean().optional());
const s7 = lazy(() => p.array({"items":{"type":"string","keys":{"description":{"type":"string","optional":true,"maxLength":4096},"id":{"type":"string","pattern":"(?:^[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(?=\\n?$))"},"node":{"type":"string","format":"pve-node"},"path":{"type":"string","optional":true,"pattern":"(?:^(?:\\p{Nd}+)-(?:\\p{Nd}+(?:\\.\\p{Nd}+)*)(?=\\n?$))"}}}}));

/** Parameters of GET /cluster/mapping. */
export const getClusterMapping = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/mapping/dir. */
export const getClusterMappingDir = lazy(() => z.strictObject({"check-node": s1()}));

/** Parameters of POST /cluster/mapping/dir. */
export const postClusterMappingDir = lazy(() => z.strictObject({"description": s2(), "id": s3(), "map": p.array({"items":{"type":"string","keys":{"node":{"type":"string","format":"pve-node"},"path":{"type":"string","format":"pve-storage-path-in-property-string"}}}})}));

/** Parameters of GET /cluster/mapping/dir/{id}. */
export const getClusterMappingDirById = lazy(() => z.strictObject({"id": s3()}));

/** Parameters of PUT /cluster/mapping/dir/{id}. */
export const putClusterMappingDirById = lazy(() => z.strictObject({"delete": s4(), "description": s2(), "digest": s5(), "id": s3(), "map": p.array({"items":{"type":"string","keys":{"node":{"type":"string","format":"pve-node"},"path":{"type":"string","format":"pve-storage-path-in-property-string"}}}}).optional()}));

/** Parameters of DELETE /cluster/mapping/dir/{id}. */
export const deleteClusterMappingDirById = lazy(() => z.strictObject({"id": s3()}));

/** Parameters of GET /cluster/mapping/pci. */
export const getClusterMappingPci = lazy(() => z.strictObject({"check-node": s1()}));

/** Parameters of POST /cluster/mapping/pci. */
export const postClusterMappingPci = lazy(() => z.strictObject({"description": s2(), "id": s3(), "live-migration-capable": s6(), "map": p.array({"items":{"type":"string","keys":{"description":{"type":"string","optional":true,"maxLength":4096},"id":{"type":"string","pattern":"(?:^[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(?=\\n?$))"},"iommugroup":{"type":"integer","optional":true},"node":{"type":"string","format":"pve-node"},"path":{"type":"string","pattern":"(?:[a-f0-9]{4,}:[a-f0-9]{2}:[a-f0-9]{2}(?:[^\\n][a-f0-9])?;)*[a-f0-9]{4,}:[a-f0-9]{2}:[a-f0-9]{2}(?:[^\\n][a-f0-9])?"},"subsystem-id":{"type":"string","optional":true,"pattern":"(?:^[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(?=\\n?$))"}}}}), "mdev": s6()}));

/** Parameters of GET /cluster/mapping/pci/{id}. */
export const getClusterMappingPciById = lazy(() => z.strictObject({"id": s3()}));

/** Parameters of PUT /cluster/mapping/pci/{id}. */
export const putClusterMappingPciById = lazy(() => z.strictObject({"delete": s4(), "description": s2(), "digest": s5(), "id": s3(), "live-migration-capable": s6(), "map": p.array({"items":{"type":"string","keys":{"description":{"type":"string","optional":true,"maxLength":4096},"id":{"type":"string","pattern":"(?:^[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(?=\\n?$))"},"iommugroup":{"type":"integer","optional":true},"node":{"type":"string","format":"pve-node"},"path":{"type":"string","pattern":"(?:[a-f0-9]{4,}:[a-f0-9]{2}:[a-f0-9]{2}(?:[^\\n][a-f0-9])?;)*[a-f0-9]{4,}:[a-f0-9]{2}:[a-f0-9]{2}(?:[^\\n][a-f0-9])?"},"subsystem-id":{"type":"string","optional":true,"pattern":"(?:^[0-9A-Fa-f]{4}:[0-9A-Fa-f]{4}(?=\\n?$))"}}}}).optional(), "mdev": s6()}));

/** Parameters of DELETE /cluster/mapping/pci/{id}. */
export const deleteClusterMappingPciById = lazy(() => z.strictObject({"id": s3()}));

/** Parameters of GET /cluster/mapping/usb. */
export const getClusterMappingUsb = lazy(() => z.strictObject({"check-node": s1()}));

/** Parameters of POST /cluster/mapping/usb. */
export const postClusterMappingUsb = lazy(() => z.strictObject({"description": s2(), "id": s3(), "map": s7()}));

/** Parameters of GET /cluster/mapping/usb/{id}. */
export const getClusterMappingUsbById = lazy(() => z.strictObject({"id": s3()}));

/** Parameters of PUT /cluster/mapping/usb/{id}. */
export const putClusterMappingUsbById = lazy(() => z.strictObject({"delete": s4(), "description": s2(), "digest": s5(), "id": s3(), "map": s7()}));

/** Parameters of DELETE /cluster/mapping/usb/{id}. */
export const deleteClusterMappingUsbById = lazy(() => z.strictObject({"id": s3()}));
