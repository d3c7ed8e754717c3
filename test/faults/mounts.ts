import { closeSync, mkdirSync, openSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { command } from './command.js';
import { temporary, undoing } from './undo.js';

/** A file system that was mounted for a row. */
export type Mounted = {
  readonly path: string;
  /** Mounts it anew with other options. */
  readonly remount: (options: string) => void;
  readonly unmount: () => void;
  readonly remove: () => void;
};

const mounted = (mount: readonly string[], folder: { path: string; remove: () => void }): Mounted => {
  const path = join(folder.path, 'mounted');
  mkdirSync(path);
  command('mount', ...mount, path);
  const unmount = undoing(() => {
    command('umount', '--lazy', path);
  });
  return {
    path,
    remount: (options) => {
      command('mount', '-o', `remount,${options}`, path);
    },
    unmount,
    remove: () => {
      unmount();
      folder.remove();
    },
  };
};

/** A file system in memory of such a size (`2m`). @throws Error where none can be mounted */
export const mountMemory = (size: string): Mounted => {
  const folder = temporary('memory');
  return mounted(['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs'], folder);
};

const IMAGE_BYTES = 64 * 1024 * 1024;

/** An ext4 file system in a file, which the kernel makes read-only where it finds an error in it. */
export type Image = Mounted & {
  /** Has the kernel find an error: from then on nothing can be written, until it is checked and mounted anew. */
  readonly fail: () => void;
  /** Checks it and mounts it anew, after `unmount`. */
  readonly mend: () => Mounted;
};

const OPTIONS = 'loop,errors=remount-ro';

const deviceOf = (path: string): string =>
  command('findmnt', '--noheadings', '--output', 'SOURCE', path).trim();

const check = (file: string): void => {
  // It ends with 1 where it mended something.
  command('sh', '-c', 'e2fsck -p "$0" || test $? -eq 1', file);
};

/** An ext4 file system in a file, mounted by a loop device. @throws Error where none can be mounted */
export const mountImage = (): Image => {
  const folder = temporary('image');
  const file = join(folder.path, 'image');
  closeSync(openSync(file, 'w'));
  truncateSync(file, IMAGE_BYTES);
  command('mkfs.ext4', '-q', '-F', file);
  const mount = mounted(['-o', OPTIONS, file], folder);
  return {
    ...mount,
    fail: () => {
      const device = deviceOf(mount.path).replace('/dev/', '');
      command('sh', '-c', 'echo 1 > "$0"', `/sys/fs/ext4/${device}/trigger_fs_error`);
    },
    mend: () => {
      check(file);
      command('mount', '-o', OPTIONS, file, mount.path);
      const unmount = undoing(() => {
        command('umount', '--lazy', mount.path);
      });
      const remove = (): void => {
        unmount();
        folder.remove();
      };
      return { ...mount, unmount, remove };
    },
  };
};

/** Makes a file immutable, or changeable again: even who has it open already can then not write to it. */
export const setImmutable = (file: string, isImmutable: boolean): void => {
  command('chattr', isImmutable ? '+i' : '-i', file);
};
