// DO NOT EDIT: written by `npm run codegen` from vendor/pve-docs/ (Proxmox VE 9.2).
import * as z from "zod";
import { lazy } from "../../src/schema/lazy.ts";
import * as p from "../../src/schema/parameter.ts";

const s1 = lazy(() => p.text({"maxLength":40,"format":"pve-configid"}));
const s2 = lazy(() => p.text({"pattern":"[+\\-][a-zA-Z0-9\\-_.]+(?:;[+\\-][a-zA-Z0-9\\-_.]+)*"}).optional());
const s3 = lazy(() => p.integer({"minimum":32,"maximum":64}).optional());
const s4 = lazy(() => p.boolean().optional());
const s5 = lazy(() => p.text({"pattern":"[a-zA-Z0-9]{1,12}"}).optional());
const s6 = lazy(() => p.integer({"minimum":0,"maximum":4294967295}).optional());
const s7 = lazy(() => p.text({"format":"pve-phys-bits"}).optional());
const s8 = lazy(() => p.text());

/** Parameters of GET /cluster/qemu. */
export const getClusterQemu = lazy(() => z.strictObject({}));

/** Parameters of GET /cluster/qemu/cpu-flags. */
export const getClusterQemuCpuFlags = lazy(() => z.strictObject({"accel": z.enum(["kvm","tcg"]).optional(), "arch": z.enum(["x86_64","aarch64"]).optional()}));

/** Parameters of GET /cluster/qemu/custom-cpu-models. */
export const getClusterQemuCustomCpuModels = lazy(() => z.looseObject({}));

/** Parameters of POST /cluster/qemu/custom-cpu-models. */
export const postClusterQemuCustomCpuModels = lazy(() => z.strictObject({"cputype": s1(), "flags": s2(), "guest-phys-bits": s3(), "hidden": s4(), "hv-vendor-id": s5(), "level": s6(), "phys-bits": s7(), "reported-model": p.text({"enum":["486","a64fx","athlon","Broadwell","Broadwell-IBRS","Broadwell-noTSX","Broadwell-noTSX-IBRS","Cascadelake-Server","Cascadelake-Server-noTSX","Cascadelake-Server-v2","Cascadelake-Server-v4","Cascadelake-Server-v5","ClearwaterForest","Conroe","Cooperlake","Cooperlake-v2","core2duo","coreduo","cortex-a35","cortex-a53","cortex-a55","cortex-a57","cortex-a710","cortex-a72","cortex-a76","EPYC","EPYC-Genoa","EPYC-Genoa-v2","EPYC-IBPB","EPYC-Milan","EPYC-Milan-v2","EPYC-Milan-v3","EPYC-Rome","EPYC-Rome-v2","EPYC-Rome-v3","EPYC-Rome-v4","EPYC-Rome-v5","EPYC-Turin","EPYC-v3","EPYC-v4","EPYC-v5","GraniteRapids","GraniteRapids-v2","GraniteRapids-v3","Haswell","Haswell-IBRS","Haswell-noTSX","Haswell-noTSX-IBRS","host","Icelake-Client","Icelake-Client-noTSX","Icelake-Server","Icelake-Server-noTSX","Icelake-Server-v3","Icelake-Server-v4","Icelake-Server-v5","Icelake-Server-v6","Icelake-Server-v7","IvyBridge","IvyBridge-IBRS","KnightsMill","kvm32","kvm64","max","Nehalem","Nehalem-IBRS","neoverse-n1","neoverse-n2","neoverse-v1","Opteron_G1","Opteron_G2","Opteron_G3","Opteron_G4","Opteron_G5","Penryn","pentium","pentium2","pentium3","phenom","qemu32","qemu64","SandyBridge","SandyBridge-IBRS","SapphireRapids","SapphireRapids-v2","SapphireRapids-v3","SapphireRapids-v4","SierraForest","SierraForest-v2","SierraForest-v3","Skylake-Client","Skylake-Client-IBRS","Skylake-Client-noTSX-IBRS","Skylake-Client-v4","Skylake-Server","Skylake-Server-IBRS","Skylake-Server-noTSX-IBRS","Skylake-Server-v4","Skylake-Server-v5","Westmere","Westmere-IBRS"]})}));

/** Parameters of GET /cluster/qemu/custom-cpu-models/{cputype}. */
export const getClusterQemuCustomCpuModelsByCputype = lazy(() => z.strictObject({"cputype": s8()}));

/** Parameters of PUT /cluster/qemu/custom-cpu-models/{cputype}. */
export const putClusterQemuCustomCpuModelsByCputype = lazy(() => z.strictObject({"cputype": s1(), "delete": p.list({"format":"pve-configid-list"}).optional(), "digest": p.text({"maxLength":64}).optional(), "flags": s2(), "guest-phys-bits": s3(), "hidden": s4(), "hv-vendor-id": s5(), "level": s6(), "phys-bits": s7(), "reported-model": p.text({"enum":["486","a64fx","athlon","Broadwell","Broadwell-IBRS","Broadwell-noTSX","Broadwell-noTSX-IBRS","Cascadelake-Server","Cascadelake-Server-noTSX","Cascadelake-Server-v2","Cascadelake-Server-v4","Cascadelake-Server-v5","ClearwaterForest","Conroe","Cooperlake","Cooperlake-v2","core2duo","coreduo","cortex-a35","cortex-a53","cortex-a55","cortex-a57","cortex-a710","cortex-a72","cortex-a76","EPYC","EPYC-Genoa","EPYC-Genoa-v2","EPYC-IBPB","EPYC-Milan","EPYC-Milan-v2","EPYC-Milan-v3","EPYC-Rome","EPYC-Rome-v2","EPYC-Rome-v3","EPYC-Rome-v4","EPYC-Rome-v5","EPYC-Turin","EPYC-v3","EPYC-v4","EPYC-v5","GraniteRapids","GraniteRapids-v2","GraniteRapids-v3","Haswell","Haswell-IBRS","Haswell-noTSX","Haswell-noTSX-IBRS","host","Icelake-Client","Icelake-Client-noTSX","Icelake-Server","Icelake-Server-noTSX","Icelake-Server-v3","Icelake-Server-v4","Icelake-Server-v5","Icelake-Server-v6","Icelake-Server-v7","IvyBridge","IvyBridge-IBRS","KnightsMill","kvm32","kvm64","max","Nehalem","Nehalem-IBRS","neoverse-n1","neoverse-n2","neoverse-v1","Opteron_G1","Opteron_G2","Opteron_G3","Opteron_G4","Opteron_G5","Penryn","pentium","pentium2","pentium3","phenom","qemu32","qemu64","SandyBridge","SandyBridge-IBRS","SapphireRapids","SapphireRapids-v2","SapphireRapids-v3","SapphireRapids-v4","SierraForest","SierraForest-v2","SierraForest-v3","Skylake-Client","Skylake-Client-IBRS","Skylake-Client-noTSX-IBRS","Skylake-Client-v4","Skylake-Server","Skylake-Server-IBRS","Skylake-Server-noTSX-IBRS","Skylake-Server-v4","Skylake-Server-v5","Westmere","Westmere-IBRS"]}).optional()}));

/** Parameters of DELETE /cluster/qemu/custom-cpu-models/{cputype}. */
export const deleteClusterQemuCustomCpuModelsByCputype = lazy(() => z.strictObject({"cputype": s8()}));
