/**
 * What of a group's name counts when names are compared: not its case, accents, width or the number of its spaces.
 * `Équipe  Été` and `equipe ete` are one name.
 */
export function foldGroupName(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').replace(/\s+/g, ' ').trim()
  // Up, then down: so that ß and ss, or the Greek sigmas, meet.
  return (plain === '' ? name : plain).toUpperCase().toLowerCase().replaceAll('ς', 'σ')
}
