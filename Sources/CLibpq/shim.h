#ifndef RELEVE_CLIBPQ_SHIM_H
#define RELEVE_CLIBPQ_SHIM_H
#include <libpq-fe.h>
#endif
