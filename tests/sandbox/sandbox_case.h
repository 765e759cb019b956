// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/sandbox/sandbox.h"

#include <QtTest>

/// Skips the test, with the reason, where no sandbox can be had.
#define LORI_NEED_SANDBOX()                                                                                                      \
    do {                                                                                                                         \
        const auto probe_ = lori::sandbox::probeSandbox();                                                                       \
        if (!probe_) {                                                                                                           \
            QSKIP(probe_.error().sentence().c_str());                                                                            \
        }                                                                                                                        \
    } while (false)
