" Linekeeper for Vim and Neovim: records what a person types, so that it does not count as of unknown author.
"
" Install it: copy this file into ~/.vim/plugin/ (Vim) or ~/.config/nvim/plugin/ (Neovim). The command line `linekeeper`
" must be on the PATH, or name it: let g:linekeeper_command = ['node', '/path/to/cli.js']
"
" At each write the lines that changed since the last read or write are sent to `linekeeper record generic`, as a
" person's, and only if all of the change came from keys, from Vim's own editing commands, or from text yanked in this
" Vim. Where a plugin, a filter, `:read` or the clipboard brought text, nothing is sent for that write, and its lines stay
" unknown. Nothing but the changed lines leaves Vim, and it goes to that program on this machine only.
"
"   :LinekeeperRun TOOL COMMAND   runs an agent's command, and records what it changed as that tool's
"   :LinekeeperStatus             says whether this buffer's next write is recorded, and why not
"   let g:linekeeper_enabled = 0  switches it off

if exists('g:loaded_linekeeper') || &compatible
  finish
endif
let g:loaded_linekeeper = 1
let s:session = 'vim-' . getpid() . '-' . localtime()
let s:yanked = {}
let s:command_line = ''

" Commands of Vim that only change what is there, or that a person typed the text of.
let s:editing = '^\s*\%(''[a-z<>]\|[%0-9,.$;+-]\)*\%(s\|su\%[bstitute]\|&&\?\|d\%[elete]\|m\%[ove]\|t\|co\%[py]\|j\%[oin]\|sor\%[t]\|u\%[ndo]\|red\%[o]\|a\%[ppend]\|i\%[nsert]\|c\%[hange]\|le\%[ft]\|ri\%[ght]\|ce\%[nter]\|ret\%[ab]\|[<>]\+\)\%(\A\|$\)'

function! s:command() abort
  return copy(get(g:, 'linekeeper_command', ['linekeeper']))
endfunction

function! s:wanted() abort
  return get(g:, 'linekeeper_enabled', 1) && &buftype ==# '' && expand('%') !=# '' && !&binary
        \ && (&fileencoding ==# '' || &fileencoding ==# 'utf-8') && executable(s:command()[0])
endfunction

function! s:size() abort
  return max([line2byte(line('$') + 1), 0])
endfunction

" From now on the buffer is what the file holds.
function! s:begin() abort
  let b:linekeeper = {'lines': getline(1, '$'), 'why': ''}
  call s:keep()
endfunction

function! s:taint(why) abort
  if exists('b:linekeeper') && b:linekeeper.why ==# ''
    let b:linekeeper.why = a:why
  endif
endfunction

function! s:remember() abort
  let [b:linekeeper.typed, b:linekeeper.size, b:linekeeper.last] = [0, s:size(), line('$')]
endfunction

function! s:keep() abort
  if exists('b:linekeeper')
    let l:tree = undotree()
    let [b:linekeeper.now, b:linekeeper.undo] = [getline(1, '$'), [l:tree.seq_last, l:tree.seq_cur]]
    call s:remember()
  endif
endfunction

" What grew must have been typed: beside typed characters there may be indentation of a new line and closing brackets.
function! s:typing() abort
  if !exists('b:linekeeper')
    return
  endif
  let l:grown = s:size() - b:linekeeper.size
  let l:lines = line('$') - b:linekeeper.last
  let l:indented = max([l:lines, 0]) * (max([indent('.'), indent(prevnonblank(line('.') - 1))]) + 3) + 8
  if l:lines > b:linekeeper.typed + 2 || l:grown > b:linekeeper.typed + l:indented
    call s:taint('text came in that was not typed')
  endif
  call s:remember()
endfunction

function! s:key(bytes) abort
  if exists('b:linekeeper')
    let b:linekeeper.typed += a:bytes
  endif
endfunction

" CTRL-R, a mapping and a terminal's paste give characters as if they were typed, but faster.
function! s:pressed() abort
  let s:burst = reltimefloat(reltime(s:pressed_at)) < 0.003 ? s:burst + 1 : 0
  let s:pressed_at = reltime()
  if s:burst > 60
    call s:taint('text came in faster than a person types')
  endif
  call s:key(strlen(v:char))
endfunction
let [s:burst, s:pressed_at] = [0, reltime()]

function! s:completed() abort
  let l:word = get(v:completed_item, 'word', '')
  if l:word ==# ''
    return
  endif
  if l:word =~# '^[[:keyword:].:(]*$'
    call s:key(strlen(l:word))
  else
    call s:taint('a completion of more than one word was taken')
  endif
endfunction

" A change outside of insert mode: what is new must have been there, been yanked here, or come from an editing command.
function! s:changed() abort
  if !exists('b:linekeeper')
    return
  endif
  let l:edit = s:edit(b:linekeeper.now, getline(1, '$'))
  let l:tree = undotree()
  let l:back = l:tree.seq_last == b:linekeeper.undo[0] && l:tree.seq_cur != b:linekeeper.undo[1]
  if !empty(l:edit) && !l:back && s:command_line !~# s:editing && !s:is_own(l:edit)
    call s:taint('text came in that neither a key nor an editing command wrote')
  endif
  let s:command_line = ''
  call s:keep()
endfunction

function! s:is_own(edit) abort
  let [l:removed, l:added] = [join(a:edit.removed, "\n"), join(a:edit.added, "\n")]
  if len(a:edit.added) <= 1 && len(a:edit.removed) == len(a:edit.added)
        \ && strlen(l:added) - strlen(l:removed) <= 3 && s:differing(l:removed, l:added) <= 3
    return 1
  endif
  for l:text in keys(s:yanked) + [getreg('.')]
    let l:text = substitute(l:text, '\n$', '', '')
    if l:text !=# ''
      let l:added = join(split(l:added, '\V' . substitute(escape(l:text, '\'), "\n", '\\n', 'g'), 1), '')
    endif
  endfor
  let [l:removed, l:added] = map([l:removed, l:added], 'tolower(substitute(v:val, ''\_s'', "", "g"))')
  return stridx(l:removed, l:added) >= 0 || l:added ==# ''
endfunction

" How many bytes of `new` differ from `old`, between what both begin and end with.
function! s:differing(old, new) abort
  let l:edit = s:edit(split(a:old, '\zs'), split(a:new, '\zs'))
  return empty(l:edit) ? 0 : len(l:edit.added)
endfunction

function! s:yank() abort
  if v:event.regname ==# '+' || v:event.regname ==# '*' || len(s:yanked) > 200
    let s:yanked = {}
  endif
  let l:text = join(v:event.regcontents, "\n")
  if l:text !=# ''
    let s:yanked[substitute(l:text, '\n$', '', '')] = 1
  endif
endfunction

" The lines between the first and the last that differ, as an edit; {} where nothing differs.
function! s:edit(old, new) abort
  let [l:start, l:most] = [0, min([len(a:old), len(a:new)])]
  while l:start < l:most && a:old[l:start] ==# a:new[l:start]
    let l:start += 1
  endwhile
  let l:end = 0
  while l:end < l:most - l:start && a:old[len(a:old) - 1 - l:end] ==# a:new[len(a:new) - 1 - l:end]
    let l:end += 1
  endwhile
  let l:removed = l:start <= len(a:old) - 1 - l:end ? a:old[l:start : len(a:old) - 1 - l:end] : []
  let l:added = l:start <= len(a:new) - 1 - l:end ? a:new[l:start : len(a:new) - 1 - l:end] : []
  return empty(l:removed) && empty(l:added) ? {}
        \ : {'start': l:start, 'removed': l:removed, 'added': l:added}
endfunction

function! s:text(lines) abort
  return join(map(copy(a:lines), 'v:val . (&fileformat ==# "dos" ? "\r\n" : "\n")'), '')
endfunction

function! s:send(payload) abort
  let l:text = json_encode(extend({'version': 1, 'tool': has('nvim') ? 'neovim' : 'vim', 'session': s:session}, a:payload))
  let l:words = s:command() + ['record', 'generic']
  if has('nvim')
    let l:job = jobstart(l:words, {'cwd': a:payload.cwd})
    if l:job > 0
      call chansend(l:job, l:text)
      call chanclose(l:job, 'stdin')
      call add(s:jobs, l:job)
    endif
  else
    let l:job = job_start(l:words, {'cwd': a:payload.cwd, 'in_mode': 'raw', 'out_io': 'null', 'err_io': 'null', 'stoponexit': ''})
    if job_status(l:job) !=# 'fail'
      call ch_sendraw(l:job, l:text)
      call ch_close_in(l:job)
      call add(s:jobs, l:job)
    endif
  endif
endfunction
let s:jobs = []

" A record is sent beside the editor. One that is under way when Vim ends is waited for, a second at most.
function! s:leave() abort
  if has('nvim')
    call jobwait(s:jobs, 1000)
    return
  endif
  let l:until = 100
  while l:until > 0 && !empty(filter(copy(s:jobs), 'job_status(v:val) ==# "run"'))
    sleep 10m
    let l:until -= 1
  endwhile
endfunction

function! s:wrote() abort
  if !exists('b:linekeeper') || !s:wanted()
    return
  endif
  if mode() ==# 'i'
    call s:typing()
  else
    call s:changed()
  endif
  let l:state = b:linekeeper
  let l:edit = s:edit(l:state.lines, getline(1, '$'))
  call s:begin()
  if l:state.why !=# '' || empty(l:edit) || !&endofline
    return
  endif
  call s:send({'event': 'after', 'author': 'human', 'cwd': expand('%:p:h'), 'edits': [{
        \ 'path': expand('%:p'), 'old': s:text(l:edit.removed), 'new': s:text(l:edit.added), 'line': l:edit.start + 1}]})
endfunction

" An agent's command, between a `before` and its `after`: what it changes is that tool's.
function! s:run(tool, command) abort
  let l:payload = {'id': string(localtime()) . '-' . rand(), 'author': 'ai', 'tool': a:tool, 'cwd': getcwd(), 'version': 1,
        \ 'session': s:session}
  let l:record = join(map(s:command() + ['record', 'generic'], 'shellescape(v:val)'), ' ')
  silent! wall
  call system(l:record, json_encode(extend({'event': 'before'}, l:payload)))
  " A question about a changed file, once it is asked, would keep the `after` from being sent.
  let l:autoread = &autoread
  set autoread
  execute '!' . escape(a:command, '!%#')
  call system(l:record, json_encode(extend({'event': 'after'}, l:payload)))
  checktime
  let &autoread = l:autoread
endfunction

function! s:status() abort
  if !s:wanted()
    echo 'linekeeper: nothing is recorded in this buffer: it is switched off, no file in UTF-8, or there is no "' . s:command()[0] . '" on the PATH.'
  elseif !exists('b:linekeeper') || b:linekeeper.why ==# ''
    echo 'linekeeper: the next write of this buffer is recorded as a person''s.'
  else
    echo 'linekeeper: the next write of this buffer stays unknown: ' . b:linekeeper.why . '.'
  endif
endfunction

command! -nargs=+ -complete=shellcmd LinekeeperRun call s:run(split(<q-args>)[0], join(split(<q-args>, ' ', 1)[1:], ' '))
command! LinekeeperStatus call s:status()

function! s:entered() abort
  " `o` and `cc` have changed the buffer already.
  if exists('b:linekeeper') && s:size() > b:linekeeper.size + 200
    call s:changed()
  endif
endfunction

augroup linekeeper
  autocmd!
  autocmd BufReadPost,BufNewFile,FileChangedShellPost * if s:wanted() | call s:begin() | endif
  autocmd InsertEnter * call s:entered()
  autocmd InsertCharPre * call s:pressed()
  autocmd CompleteDone * call s:completed()
  autocmd TextChangedI * call s:typing()
  autocmd InsertLeave * call s:typing() | call s:keep()
  autocmd TextChanged * call s:changed()
  autocmd TextYankPost * call s:yank()
  autocmd CmdlineEnter = if mode() ==# 'i' | call s:taint('the result of an expression was inserted') | endif
  autocmd CmdlineLeave : let s:command_line = getcmdline()
  autocmd FileReadPost,FilterReadPost,ShellFilterPost,StdinReadPost * call s:taint('a command or a file was read into the buffer')
  autocmd BufWritePost * call s:wrote()
  autocmd VimLeavePre * call s:leave()
augroup END
