/** Of a recording: what is clicked and typed is followed, at half the cost of smooth movement. */
export const PICTURES_A_SECOND = 15
