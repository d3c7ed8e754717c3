import type { BaseLogger } from 'pino';
import type { Config } from './config.js';
import type { Keybooks } from './services/keybooks.js';
import { checkpointPublisher, type PublishCheckpoint } from './services/publish-checkpoints.js';
import type { Ports } from './services/ports.js';
import { eraseOld } from './services/retention.js';
import type { CheckpointFile } from './storage/checkpoint-file.js';

/** What the service does by itself while it runs. */
export type Background = {
  /** Ends it, and publishes a last checkpoint. */
  readonly stop: () => Promise<void>;
};

/** What it is done with. `checkpoints` is null where they are told in the log of the service alone. */
type BackgroundParts = {
  readonly ports: Ports;
  readonly logger: BaseLogger;
  readonly checkpoints: CheckpointFile | null;
  readonly keybooks: Pick<Keybooks, 'refresh'>;
  readonly config: Pick<Config, 'retentionDays'>;
};

/** How long a key that was made or taken back may take to be known, in milliseconds: half of the five seconds within which one must be refused. */
const KEY_INTERVAL_MS = 2_000;

/** How long a checkpoint may take to be published after the log has grown, in milliseconds. */
const CHECKPOINT_INTERVAL_MS = 10_000;

const DAY_MS = 86_400_000;

const causeOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);

const publisherOf = ({ ports, logger, checkpoints }: BackgroundParts): PublishCheckpoint => {
  const publish = checkpointPublisher(ports, async ({ size, note }) => {
    await checkpoints?.append(note);
    logger.info({ size, checkpoint: note }, 'checkpoint');
  });
  return () =>
    publish().catch((error: unknown) => {
      logger.error({ cause: causeOf(error) }, 'the checkpoint could not be published');
    });
};

const retentionOf =
  ({ ports, logger }: BackgroundParts, days: number): (() => Promise<void>) =>
  async () => {
    try {
      const erased = await eraseOld(days, ports);
      logger.info({ erased, retentionDays: days }, 'what was older than it is kept is erased');
    } catch (error) {
      logger.error({ cause: causeOf(error) }, 'what is older than it is kept could not be erased');
    }
  };

const every = (ms: number, run: () => Promise<void>): NodeJS.Timeout =>
  setInterval(() => void run(), ms).unref();

/** Begins what the service does by itself: it publishes checkpoints, and erases what is older than it is kept. */
export const startBackground = async (parts: BackgroundParts): Promise<Background> => {
  const publish = publisherOf(parts);
  await publish();
  const timers = [
    every(CHECKPOINT_INTERVAL_MS, publish),
    every(KEY_INTERVAL_MS, () => parts.keybooks.refresh()),
  ];
  const days = parts.config.retentionDays;
  if (days !== null) {
    const erase = retentionOf(parts, days);
    void erase();
    timers.push(every(DAY_MS, erase));
  }
  return {
    stop: async () => {
      for (const timer of timers) clearInterval(timer);
      await publish();
    },
  };
};
