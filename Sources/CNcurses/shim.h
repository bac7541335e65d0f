// The little of ncursesw that the driver needs. ncurses keeps its state in C globals and macros, which Swift can't
// reach safely; these functions are the only way to them, and only one thread may call them.
#ifndef RELEVE_CNCURSES_SHIM_H
#define RELEVE_CNCURSES_SHIM_H

#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif

#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>
#include <ncursesw/curses.h>

// From term.h, which can't be included: it would make the C library's termios part of this module.
extern int setupterm(const char *term, int descriptor, int *result);

// A capability of the current terminal that is a string, or NULL.
static inline const char *cn_capability(const char *name) {
    const char *value = tigetstr(name);
    return value == (const char *)-1 ? NULL : value;
}

// Whether the terminal is described at all; on success its capabilities can be asked for.
static inline int cn_is_known(const char *term, int descriptor) {
    int result = 0;
    return setupterm(term, descriptor, &result) == OK && result == 1;
}

// How many colours the current terminal has; less than 8 without colour.
static inline int cn_colors(void) { return tigetnum("colors"); }

static inline void cn_begin(void) {
    raw();
    noecho();
    nonl();
    intrflush(stdscr, FALSE);
    keypad(stdscr, TRUE);
    idlok(stdscr, FALSE);
    scrollok(stdscr, FALSE);
    leaveok(stdscr, FALSE);
    set_escdelay(25);
}

// Colours of the palette; 0 without colour. Sets `defaults` when the terminal's own colours can be kept.
static inline int cn_begin_color(int *defaults) {
    *defaults = 0;
    if (!has_colors() || start_color() != OK) return 0;
    *defaults = use_default_colors() == OK;
    return COLORS;
}

static inline int cn_pairs(void) { return COLOR_PAIRS; }
static inline int cn_rows(void) { return LINES; }
static inline int cn_columns(void) { return COLS; }

static inline uint32_t cn_attribute(int bold, int dim, int underline, int reverse, int italic) {
    uint32_t all = 0;
    if (bold) all |= (uint32_t)A_BOLD;
    if (dim) all |= (uint32_t)A_DIM;
    if (underline) all |= (uint32_t)A_UNDERLINE;
    if (reverse) all |= (uint32_t)A_REVERSE;
    if (italic) all |= (uint32_t)A_ITALIC;
    return all;
}

// Writes code points at a place; the caller has made sure that they fit on the row.
static inline void cn_paint(
    int row, int column, const uint32_t *text, int count, uint32_t attributes, int pair) {
    if (move(row, column) != OK) return;
    (void)attr_set((attr_t)attributes, (short)pair, NULL);
    (void)addnwstr((const wchar_t *)text, count);
}

static inline void cn_erase(void) { erase(); }
static inline void cn_redraw_all(void) { clearok(curscr, TRUE); }

static inline void cn_show(int row, int column, int visible) {
    curs_set(visible ? 1 : 0);
    move(row, column);
    refresh();
}

// Cells that libc, and so ncurses, gives the code points; negative when it can't print them.
static inline int cn_width(const uint32_t *text, size_t count) {
    return wcswidth((const wchar_t *)text, count);
}

// Chooses the characters of the user's locale, UTF-8 where the locale names none. True when they are Unicode.
static inline int cn_choose_locale(void) {
    const char *found = setlocale(LC_CTYPE, "");
    const char *codeset = nl_langinfo(CODESET);
    if (found != NULL && strcmp(codeset, "UTF-8") == 0) return 1;
    if (found != NULL && strcmp(codeset, "ANSI_X3.4-1968") != 0) return 0;
    return setlocale(LC_CTYPE, "C.UTF-8") != NULL;
}

#endif
