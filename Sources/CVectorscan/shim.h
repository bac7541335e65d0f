#ifndef RELEVE_CVECTORSCAN_SHIM_H
#define RELEVE_CVECTORSCAN_SHIM_H
#include <hs/hs.h>
#endif
