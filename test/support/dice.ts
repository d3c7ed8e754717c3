/** A repeatable source of whole numbers below a limit. */
export type Dice = (limit: number) => number;

/** A source of numbers that gives the same ones for the same seed. */
export const diceOf = (seed: number): Dice => {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * limit);
  };
};
