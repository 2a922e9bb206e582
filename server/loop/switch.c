// SPDX-License-Identifier: AGPL-3.0-or-later
/*
 * Stacks and the switch between them. A stack is begun by makecontext, once;
 * after that the switch is _setjmp and _longjmp, which do not save the signal
 * mask: swapcontext's two system calls cost more than all the rest of it. The
 * sanitizers know swapcontext, so their builds use that.
 */
#undef _FORTIFY_SOURCE /* its longjmp takes a jump to another stack for a broken one */
#include "server/loop/loop_parts.h"

#include <sys/mman.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define HAS_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_ASAN 1
#endif
#endif
#if defined(__SANITIZE_THREAD__)
#define HAS_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define HAS_TSAN 1
#endif
#endif

#ifdef HAS_ASAN
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#include <sanitizer/lsan_interface.h>
#endif
#ifdef HAS_TSAN
/* Declared here: the compiler's header of these came later than the functions. */
void *__tsan_get_current_fiber(void);
void *__tsan_create_fiber(unsigned flags);
void __tsan_destroy_fiber(void *fiber);
void __tsan_switch_to_fiber(void *fiber, unsigned flags);
#endif

#if defined(HAS_ASAN) || defined(HAS_TSAN)
enum { STACK_BYTES = 1024 * 1024 }; /* instrumented frames are several times as large */
#else
enum { STACK_BYTES = 256 * 1024 };
#endif

void context_map(struct context *context, void (*entry)(void))
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    char *map = mmap(NULL, page + STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);

    if (map == MAP_FAILED || mprotect(map, page, PROT_NONE) != 0 || getcontext(&context->machine) != 0)
        loop_broken("no memory for a fiber's stack");
    context->map = map;
    context->bottom = map + page;
    context->size = STACK_BYTES;
    context->machine.uc_stack.ss_sp = map + page;
    context->machine.uc_stack.ss_size = STACK_BYTES;
    context->machine.uc_link = NULL;
    makecontext(&context->machine, entry, 0);
#ifdef HAS_ASAN
    __lsan_register_root_region(context->bottom, context->size); /* a waiting fiber's memory is not leaked */
#endif
#ifdef HAS_TSAN
    context->tsan = __tsan_create_fiber(0);
#endif
}

void context_unmap(struct context *context)
{
#ifdef HAS_ASAN
    __lsan_unregister_root_region(context->bottom, context->size);
    __asan_unpoison_memory_region(context->bottom, context->size); /* frames that never returned */
#endif
#ifdef HAS_TSAN
    __tsan_destroy_fiber(context->tsan);
#endif
    munmap(context->map, (size_t)sysconf(_SC_PAGESIZE) + context->size);
    context->map = NULL;
}

#if defined(HAS_ASAN) || defined(HAS_TSAN)
void context_switch(struct context *from, struct context *to)
{
#ifdef HAS_ASAN
    __sanitizer_start_switch_fiber(&from->fake_stack, to->bottom, to->size);
#endif
#ifdef HAS_TSAN
    if (from->map == NULL)
        from->tsan = __tsan_get_current_fiber();
    __tsan_switch_to_fiber(to->tsan, 0);
#endif
    swapcontext(&from->machine, &to->machine);
#ifdef HAS_ASAN
    __sanitizer_finish_switch_fiber(from->fake_stack, NULL, NULL);
#endif
}
#else
void context_switch(struct context *from, struct context *to)
{
    if (_setjmp(from->jump) != 0)
        return;
    if (to->has_begun)
        _longjmp(to->jump, 1);
    to->has_begun = true;
    setcontext(&to->machine);
    loop_broken("setcontext");
}
#endif

void context_entered(struct context *back)
{
    back->has_begun = true;
#ifdef HAS_ASAN
    const void *bottom;
    size_t size;

    __sanitizer_finish_switch_fiber(NULL, &bottom, &size);
    if (back->map == NULL) { /* the thread's own stack, whose bounds only the sanitizer knows */
        back->bottom = bottom;
        back->size = size;
    }
#endif
}
