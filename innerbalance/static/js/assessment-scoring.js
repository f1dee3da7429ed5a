/**
 * How answers become a result, in the reader's browser: assessment/rules/scoring.py step by step, over the
 * same data. Numbers are BigInt and never divided but to the floor, so that no boundary is missed by
 * a rounding error. Nothing here reads or writes the page.
 */

const PLACES = 1000n;

function floorDivide(top, bottom) {
  const quotient = top / bottom;
  return top % bottom !== 0n && top < 0n !== bottom < 0n ? quotient - 1n : quotient;
}

/** The fraction top / bottom (bottom above zero), rounded half up. */
function roundHalfUp(top, bottom) {
  return floorDivide(2n * top + bottom, 2n * bottom);
}

const ticksPerPoint = (scale) => (scale.method === "sum" ? 1n : 100n);

/** The lowest and highest score that a scale can reach, in ticks. */
export function bounds(definition, number) {
  const values = definition.labels.map((label) => label.value);
  const scale = definition.scales[number];
  const count = definition.items.filter((item) => item.scale === number).length;
  const times = scale.method === "sum" ? BigInt(count) : ticksPerPoint(scale);
  return [BigInt(Math.min(...values)) * times, BigInt(Math.max(...values)) * times];
}

function scoreScale(definition, answers, number) {
  const scale = definition.scales[number];
  const values = definition.labels.map((label) => label.value);
  const ends = BigInt(Math.min(...values)) + BigInt(Math.max(...values));
  let count = 0n;
  let given = 0n;
  let sum = 0n;
  definition.items.forEach((item, position) => {
    if (item.scale !== number) return;
    count += 1n;
    if (answers[position] === null) return;
    const answer = BigInt(answers[position]);
    given += 1n;
    sum += item.reversed ? ends - answer : answer;
  });
  if (given === 0n || (count - given) * 100n > BigInt(scale.missing_percent) * count) {
    return { ticks: null, range: null, place: null };
  }
  const times = scale.method === "sum" ? count : ticksPerPoint(scale);
  const ticks = roundHalfUp(sum * times, given);
  const [low, high] = bounds(definition, number);
  const range = scale.ranges.findIndex((each) => each.low <= ticks && ticks <= each.high);
  return {
    ticks: Number(ticks),
    range: range === -1 ? null : range,
    place: Number(roundHalfUp((ticks - low) * PLACES, high - low)),
  };
}

function asksForCrisisLine(item, answer) {
  if (item.safety === null || answer === null) return false;
  return item.safety.when === "from" ? answer >= item.safety.value : answer <= item.safety.value;
}

/** Answers: one label value for each item, in the items' order, null where nothing was answered. */
export function score(definition, answers) {
  const scales = definition.scales.map((_, number) => scoreScale(definition, answers, number));
  const falls = ([scale, range]) => scales[scale].range === range;
  return {
    scales,
    pairs: definition.pairs.flatMap((pair, n) =>
      falls(pair.first) && falls(pair.second) ? [n] : [],
    ),
    crisis: definition.items.some((item, n) => asksForCrisisLine(item, answers[n])),
    unanswered: answers.flatMap((answer, n) => (answer === null ? [n] : [])),
  };
}

/** Ticks as a person writes them: "12" for a sum, "2.33" for a mean. */
export function points(scale, ticks) {
  if (scale.method === "sum") return String(ticks);
  const size = Math.abs(Number(ticks));
  const rest = String(size % 100).padStart(2, "0");
  return `${ticks < 0 ? "-" : ""}${Math.floor(size / 100)}.${rest}`;
}

/** A text of assessment/formats/ with its placeholders, such as %(score)s, filled in. */
export function fill(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);
}

/** Where one scale's score lies, as assessment/formats/summaries.py writes it. */
export function scoreText(texts, definition, result, number) {
  const scale = definition.scales[number];
  const { ticks } = result.scales[number];
  if (ticks === null) return texts.not_enough;
  const [low, high] = bounds(definition, number);
  return fill(texts.score, {
    score: points(scale, ticks),
    low: points(scale, low),
    low_end: scale.low_end,
    high: points(scale, high),
    high_end: scale.high_end,
  });
}

// A line end counts two, as a form sends it; letters are counted as Python counts them.
const sentLength = (letters) =>
  letters.reduce((length, letter) => length + (letter === "\n" ? 2 : 1), 0);

function cut(text, limit) {
  const letters = Array.from(text);
  if (sentLength(letters) <= limit) return text;
  let end = 0;
  for (let length = 0; ; end += 1) {
    length += sentLength([letters[end]]);
    if (length > limit - 1) return `${letters.slice(0, end).join("")}…`;
  }
}

/** What may be shared with the practice: the title, each scale and the pairs, at most 2000 characters. */
export function summary(texts, definition, result) {
  const lines = definition.scales.map((scale, number) => {
    const { range } = result.scales[number];
    return fill(range === null ? texts.scale : texts.scale_in_range, {
      scale: scale.name,
      range: scale.ranges[range]?.name,
      score: scoreText(texts, definition, result, number),
    });
  });
  const pairs = result.pairs.map((number) => definition.pairs[number].name);
  return cut([definition.title, ...lines, ...pairs].join("\n"), 2000);
}

/** Each question with its answer, at most 4000 characters; longer ones by their numbers alone. */
export function answersText(texts, definition, answers) {
  const labels = new Map(definition.labels.map((label) => [label.value, label.text]));
  const rows = answers.map((answer, n) => ({
    number: n + 1,
    question: definition.items[n].text,
    answer: answer === null ? texts.no_answer : labels.get(answer),
  }));
  const full = rows.map((row) => fill(texts.question, row)).join("\n");
  if (sentLength(Array.from(full)) <= 4000) return full;
  return cut(rows.map((row) => fill(texts.question_by_number, row)).join("\n"), 4000);
}
