#ifndef RELEVE_CPSL_SHIM_H
#define RELEVE_CPSL_SHIM_H
#include <libpsl.h>
#endif
