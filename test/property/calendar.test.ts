import { addMonths, calendarDayOf, dayNumberOf } from '../../src/values/calendar.js';
import { formatInstant, localDayOf, parseInstant, startOfDay } from '../../src/values/instant.js';
import { parsePartialDate } from '../../src/values/partial-date.js';
import { drawDay, OFFSETS, WALL_CLOCKS } from '../support/generate-days.js';
import { chance, pick } from '../support/generate-draw.js';
import { exhaustively, law, laws, must } from './law.js';
import { daysOf, lengthOf, nextDay, textOf, walkMonths, type Day } from './naive-calendar.js';

const FIRST: Day = { year: 1900, month: 1, day: 1 };

laws('in the calendar', () => {
  exhaustively('every day from 1900 to 2100 has the number after that of the day before', () => {
    let [day, number, cases] = [FIRST, dayNumberOf(FIRST), 0];
    for (; day.year <= 2100; day = nextDay(day), number += 1, cases += 1) {
      must(dayNumberOf(day) === number, () => textOf(day));
      must(textOf(calendarDayOf(number)) === textOf(day), () => textOf(day));
    }
    return cases;
  });

  exhaustively('a month or a year runs from its first to its last day, from 1900 to 2100', () => {
    let cases = 0;
    for (let year = 1900; year <= 2100; year += 1)
      for (let month = 0; month <= 12; month += 1, cases += 1) {
        const text = month === 0 ? String(year) : textOf({ year, month, day: 1 }).slice(0, 7);
        const [days, read] = [daysOf(text), parsePartialDate(text)];
        const [first, last] = [days[0], days.at(-1)].map((day) => dayNumberOf(day ?? FIRST));
        must(read?.first === first && read?.last === last, () => text);
      }
    return cases;
  });

  exhaustively('no day is a date that the calendar does not have, from 1900 to 2100', () => {
    let cases = 0;
    for (let year = 1900; year <= 2100; year += 1)
      for (let month = 1; month <= 13; month += 1)
        for (let day = 28; day <= 32; day += 1, cases += 1) {
          const text = textOf({ year, month, day });
          must((parsePartialDate(text) !== null) === day <= lengthOf(year, month), () => text);
        }
    return cases;
  });

  law(
    'months later is the same day of the month, or the last of a shorter month',
    { seed: 11, runs: 3000 },
    (draw) => {
      const [day, months] = [drawDay(draw), 1 + (chance(draw, 50) ? draw(40) : draw(600))];
      const [walked, added] = [walkMonths(day, months), calendarDayOf(addMonths(dayNumberOf(day), months))];
      must(
        textOf(walked) === textOf(added),
        () => `${textOf(day)} + ${months}: ${textOf(added)}, not ${textOf(walked)}`,
      );
      return 1;
    },
  );

  law('the day of a moment is the one that its own offset shows', { seed: 12, runs: 3000 }, (draw) => {
    const wall = `${textOf(drawDay(draw))}T${pick(draw, WALL_CLOCKS)}`;
    const text = `${wall}${pick(draw, OFFSETS)}`;
    const instant = parseInstant(text);
    must(instant !== null && textOf(calendarDayOf(localDayOf(instant))) === wall.slice(0, 10), () => text);
    must(instant !== null && formatInstant(instant) === text, () => text);
    must(instant?.epochMs === Date.parse(text), () => text);
    return 1;
  });

  law(
    'a day begins a millisecond after the day before has ended, in any offset',
    { seed: 13, runs: 3000 },
    (draw) => {
      const [day, offsetMinutes] = [dayNumberOf(drawDay(draw)), draw(1681) - 840];
      const start = startOfDay(day, offsetMinutes);
      must(localDayOf({ epochMs: start, offsetMinutes }) === day, () => `${day} ${offsetMinutes}`);
      must(localDayOf({ epochMs: start - 1, offsetMinutes }) === day - 1, () => `${day} ${offsetMinutes}`);
      return 1;
    },
  );
});
