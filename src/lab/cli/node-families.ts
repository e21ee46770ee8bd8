import type { Program } from "../shell/process.ts";
import { complain, complainOfLocale, FORMATS, family, followWorker, splitArguments } from "./command-line.ts";

/** `pvenode`: this node's own settings. */
export const pvenode = family(
  "pvenode",
  {
    "config get": {
      args: [],
      run: async ({ node, call, process: { out } }) => {
        const data = await call("GET", `/nodes/${node}/config`);
        for (const key of Object.keys(data).sort()) if (key !== "digest") out(`${key}: ${data[key]}\n`);
        return 0;
      },
    },
    "config set": {
      args: [],
      run: async ({ node, call, params }) => {
        await call("PUT", `/nodes/${node}/config`, params);
        return 0;
      },
    },
    "task list": {
      args: [],
      run: async (line) => {
        const data = await line.call("GET", `/nodes/${line.node}/tasks`, line.params);
        return line.print(data, ["upid", "type", "id", "user", "starttime", "endtime", "status"]);
      },
    },
    "task status": {
      args: ["upid"],
      run: async (line) => {
        const data = await line.call("GET", `/nodes/${line.node}/tasks/${line.take("upid")}/status`);
        return line.print(data);
      },
    },
    "task log": {
      args: ["upid"],
      run: async ({ node, call, take, process: { out } }) => {
        const rows: { t: string }[] = await call("GET", `/nodes/${node}/tasks/${take("upid")}/log`, { limit: "0" });
        for (const { t } of rows) out(`${t}\n`);
        return 0;
      },
    },
    "cert info": {
      args: [],
      run: async (line) => line.print(await line.call("GET", `/nodes/${line.node}/certificates/info`)),
    },
    startall: {
      args: [],
      run: async ({ node, call, follow, params }) => follow(await call("POST", `/nodes/${node}/startall`, params)),
    },
    stopall: {
      args: [],
      run: async ({ node, call, follow, params }) => follow(await call("POST", `/nodes/${node}/stopall`, params)),
    },
  },
  FORMATS,
);

/** `pveversion`: one line. */
export const pveversion: Program = ({ machine, out }) => {
  const version = machine.state.nodes.get(machine.node)?.version ?? "";
  out(`pve-manager/${version}/4a1b2c3d4e5f6071 (running kernel: 6.17.4-2-pve)\n`);
  return 0;
};

/** `vzdump VMID…`: its log, and 0 when none of the guests is on this node (pve-facts 120). */
export const vzdump: Program = async (process) => {
  complainOfLocale(process);
  const { machine, args, user, err } = process;
  if (user !== "root") {
    err("please run as root\n");
    return 255;
  }
  const { positional, options } = splitArguments(args);
  try {
    const vmid = positional.length === 0 ? {} : { vmid: positional.join(",") };
    const { data } = await machine.api("POST", `/nodes/${machine.node}/vzdump`, { ...options, ...vmid });
    return await followWorker(process, data);
  } catch (error) {
    return complain(process, error, "vzdump {<vmid>} [OPTIONS]");
  }
};

/** `apt` and `apt-get`: lists and refreshes; nothing is installed here. */
export const apt: Program = async (process) => {
  const { args, machine, user, out, err } = process;
  const verb = args.find((arg) => !arg.startsWith("-"));
  const rows = async (): Promise<Record<string, string>[]> =>
    (await machine.api("GET", `/nodes/${machine.node}/apt/update`)).data as Record<string, string>[];
  if (verb === "list") {
    err("\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n\n");
    out("Listing...\n");
    for (const { Package, Version, Arch = "amd64", OldVersion } of await rows())
      out(`${Package}/stable ${Version} ${Arch} [upgradable from: ${OldVersion}]\n`);
    return 0;
  }
  if (user !== "root") {
    err("E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)\n");
    return 100;
  }
  if (verb === "update") {
    const { data } = await machine.api("POST", `/nodes/${machine.node}/apt/update`);
    return (await followWorker(process, data)) === 0 ? 0 : 100;
  }
  err(`E: Invalid operation ${verb ?? ""}\n`);
  return 100;
};
