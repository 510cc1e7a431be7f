import { chime } from '../../components/desk/chime.ts'

// Chrome's worker cannot sound: this page, which nobody sees, is loaded for each time that it should.
void chime()
