import { m } from '../../paraglide/messages.js'
import { TOOL_KEYS, TOOLS, toolName } from '../board/board-tools.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'

type Keys = [string[], string][]

/** The keys of the desk, on `?`; those of the place where one is go first. */
export function KeysDialog({ place, onClose }: { place: 'queue' | 'session'; onClose: () => void }) {
  const queue: Keys = [
    [['C'], m.queue_create()],
    [['A'], m.queue_claim()],
    [['E'], m.queue_edit()],
    [['R'], m.queue_resolve()],
    [['X'], m.queue_key_select()],
    [['Ctrl', 'A'], m.people_select_all()],
    [['/'], m.queue_search()],
    [['J', '↓'], m.desk_key_next()],
    [['K', '↑'], m.desk_key_previous()],
    [[m.key_enter()], m.desk_key_open()],
    [[m.key_escape()], m.desk_key_back()],
  ]
  const technicians: Keys = [
    [['A'], m.people_add_title()],
    [['/'], m.people_search()],
    [['↓', '↑'], m.people_key_rows()],
    [[m.people_key_space_name()], m.people_key_space()],
    [['⇧', '↓'], m.people_key_extend()],
    [['Ctrl', 'A'], m.people_select_all()],
    [[m.key_escape()], m.people_clear_selection()],
  ]
  const chat: Keys = [
    [['/'], m.replies_key()],
    [[m.key_enter()], m.chat_key_send()],
    [['⇧', m.key_enter()], m.chat_key_line()],
  ]
  const session: Keys = [
    [['F'], m.session_fit()],
    [['0'], m.session_actual()],
    [['1', '2', '3', '4'], m.screens_key()],
    [['G'], m.screens_key_all()],
    [['⇧', 'N'], m.screens_ask()],
    [['⇧', 'X'], m.screens_remove()],
    [['⇧', 'S'], m.session_mode_speed()],
    [['⇧', 'Q'], m.session_mode_quality()],
    [['⇧', 'A'], m.session_mode_automatic()],
    [['+', '−'], m.session_key_zoom()],
    [['←', '↑', '→', '↓'], m.session_key_move()],
    [['⇧', 'F'], m.session_full_screen()],
    [['O'], m.session_pop_out()],
    [['I'], m.session_figures()],
    [['U'], m.session_key_fold()],
    [['M'], m.sound_mute()],
    [['S'], m.media_snapshot()],
    [['R'], m.media_record()],
    [['⇧', 'P'], m.media_pause()],
    [['D'], m.media_key_drawings()],
  ]
  const board: Keys = [
    ...TOOLS.map((tool): Keys[number] => [[TOOL_KEYS[tool].toUpperCase()], toolName(tool)]),
    [['W'], m.board_whiteboard()],
    [['⇧', 'C'], m.board_clear()],
    [['Ctrl', 'Z'], m.board_undo()],
    [['Ctrl', '⇧', 'Z'], m.board_redo()],
    [[m.key_escape()], m.board_key_look()],
    [['←', '↑', '→', '↓', m.key_enter()], m.board_key_draw()],
    [['⇧', 'M'], m.call_mute()],
  ]
  const inQueue = <KeysList title={m.desk_queue()} keys={queue} />
  return (
    <Dialog title={m.desk_keys()} onClose={onClose} wide>
      <div class="keys-places">
        {place === 'queue' && inQueue}
        <KeysList title={m.session_key_place()} keys={session} />
        <KeysList title={m.board_tools()} keys={board} />
        <KeysList title={m.chat_label()} keys={chat} />
        {place === 'session' && inQueue}
        <KeysList title={m.people_title()} keys={technicians} />
        <KeysList title={m.desk_key_anywhere()} keys={[[['?'], m.desk_keys()]]} />
      </div>
      <div class="dialog-actions">
        <Button onClick={onClose}>{m.desk_close()}</Button>
      </div>
    </Dialog>
  )
}

function KeysList({ title, keys }: { title: string; keys: Keys }) {
  return (
    <section>
      <h3 class="keys-place">{title}</h3>
      <dl class="keys">
        {keys.map(([pressed, does]) => (
          <div key={does}>
            <dt>
              {pressed.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
