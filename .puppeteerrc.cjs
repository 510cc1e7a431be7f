// Deskside's tests look for an installed browser themselves (tests/support/browsers.ts).
module.exports = { skipDownload: true }
