// Deskside's tests look for an installed browser themselves (scripts/browsers.ts).
module.exports = { skipDownload: true }
