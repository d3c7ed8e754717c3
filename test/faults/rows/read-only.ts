import { join } from 'node:path';
import { databaseFileIn } from '../../../src/storage/database-file.js';
import { lookUp } from '../look-up.js';
import { mountImage, setImmutable, type Image } from '../mounts.js';
import { breakAndMend } from '../no-writing.js';
import { expectUnavailable, expectWell, screenOne } from '../promises.js';
import type { Context, Row } from '../row.js';
import { NotStarted, startRunning, type StartAsked } from '../running.js';
import { expectTrue, type Tally } from '../tally.js';
import { undoing } from '../undo.js';
import { checkIntegrity, verifyLog } from '../verify-log.js';

const setFilesImmutable = (dataDir: string, isImmutable: boolean): void => {
  const file = databaseFileIn(dataDir);
  for (const each of [file, `${file}-wal`]) setImmutable(each, isImmutable);
};

/** The files become immutable below a service that has them open, and then are not. */
const filesReadOnly = async (context: Context, dataDir: string): Promise<Tally> => {
  const service = await startRunning({ folder: context.folder, dataDir });
  let mend = (): void => undefined;
  return breakAndMend(
    {
      service,
      dataDir,
      breaksByLoad: false,
      breakIt: () => {
        setFilesImmutable(dataDir, true);
        mend = undoing(() => {
          setFilesImmutable(dataDir, false);
        });
      },
      mend: () => {
        mend();
      },
    },
    context,
  );
};

/** A service does not start on what it cannot write, and says why in one line; or it starts, and says that it is not ready. */
const expectNoService = async (asked: StartAsked, tally: Tally): Promise<void> => {
  try {
    const service = await startRunning(asked);
    tally.notes.push('it starts on a file system that is read-only, and is not ready');
    await expectUnavailable(service, undefined, tally);
    await service.kill();
  } catch (error) {
    const isTold =
      error instanceof NotStarted && error.code === 1 && error.message.includes('cannot start: ');
    expectTrue(tally, isTold, `the start on a file system that is read-only: ${String(error)}`);
  }
};

/** The kernel makes the file system read-only below a service; it is checked and mounted anew, and the service started again. */
const fileSystemReadOnly = async ({ folder }: Context, image: Image, tally: Tally): Promise<void> => {
  const asked: StartAsked = { folder, dataDir: join(image.path, 'data') };
  const service = await startRunning(asked);
  const before = [
    ...(await screenOne(service, 'one', tally)).acknowledged,
    ...(await screenOne(service, 'two', tally)).acknowledged,
  ];
  image.fail();
  await expectUnavailable(service, before[0], tally);
  await service.kill();
  image.unmount();
  const mended = image.mend();
  mended.remount('ro');
  await expectNoService(asked, tally);
  mended.remount('rw');
  const again = await startRunning(asked);
  const after = await expectWell(again, tally);
  await lookUp(again.url, [...before, ...after], tally);
  await verifyLog(folder, asked.dataDir, tally);
  await again.stop();
  checkIntegrity(asked.dataDir, tally);
  tally.rounds += 1;
  mended.remove();
};

const run = async (context: Context): Promise<Tally> => {
  const image = mountImage();
  const tally = await filesReadOnly(context, join(image.path, 'data'));
  await fileSystemReadOnly(context, image, tally);
  return tally;
};

/** T5: the database becomes read-only. */
export const readOnly: Row = {
  id: 'T5',
  title: 'database read-only, then not',
  needs: ['root', 'loop'],
  run,
  twin: {
    kind: 'planted',
    shows: 'wrong',
    bug: 'readiness that asks for the lock alone',
    file: 'dist/storage/log-store.js',
    from: "if (!ok && since < DOUBTED_MS)\n            throw new Error('nothing could be written a moment ago');\n        const isProven = ok && since < PROVEN_MS;",
    to: 'const isProven = true;',
  },
};
