#include <git2.h>

// Swift cannot call functions of variable arguments.

/// Says that repositories with these extensions can be read besides those that libgit2 knows: they change nothing about
/// what we read. Sparse checkouts set the first.
static inline int tagboat_accept_extensions(void) {
    static const char *names[] = {"worktreeconfig", "preciousobjects", "relativeworktrees"};
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, (size_t)3);
}

/// Says whether repositories of other users are refused.
static inline int tagboat_set_owner_validation(int enabled) {
    return git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, enabled);
}
