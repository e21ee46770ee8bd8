/**
 * Puts a file into place inside a guest, for `sh -c`: from parts that lie there, or from base64 on standard input. All
 * names are arguments, none is part of the script. A file that is there lends its mode, owner and attributes; nothing is
 * in its place before the new content has the right SHA-256, and then all of it at once. What was temporary is gone at
 * the end, however it ends. Arguments: file, suffix of the temporary one, SHA-256, mode, owner (both may be empty), parts.
 */
const ASSEMBLE = `target=$1 suffix=$2 sum=$3 mode=$4 owner=$5
shift 5
umask 077
if [ -L "$target" ]; then target=$(readlink -f "$target"); fi
temp=$target$suffix
if [ -e "$target" ] && [ ! -f "$target" ]; then echo "$target is not a regular file" >&2; false; fi &&
if [ -e "$target" ]; then cp -a "$target" "$temp"; fi &&
if [ $# -gt 0 ]; then cat "$@" > "$temp"; else base64 -d > "$temp"; fi &&
if [ "$(sha256sum < "$temp")" != "$sum  -" ]; then echo "the content arrived damaged" >&2; false; fi &&
if [ -n "$owner" ]; then chown "$owner" "$temp"; fi &&
if [ -n "$mode" ]; then chmod "$mode" "$temp"; elif [ ! -e "$target" ]; then chmod 644 "$temp"; fi &&
mv -f "$temp" "$target"
code=$?
rm -f "$temp" "$@"
exit $code`;

/** The argv that runs it. */
export function assembleArgv(
  path: string,
  file: { suffix: string; sha256: string; mode?: string | undefined; owner?: string | undefined },
  parts: readonly string[],
): string[] {
  const { suffix, sha256, mode = "", owner = "" } = file;
  return ["/bin/sh", "-c", ASSEMBLE, "sh", path, suffix, sha256, mode, owner, ...parts];
}
