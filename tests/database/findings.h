// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "database/check.h"

#include <algorithm>
#include <string>

namespace lori::test {

/// Whether a check found something of this kind whose sentence holds `text`.
inline bool finds(const database::CheckReport& report, database::Finding::Kind kind, const std::string& text)
{
    return std::any_of(report.findings.begin(), report.findings.end(), [&](const database::Finding& finding) {
        return finding.kind == kind && finding.text.find(text) != std::string::npos;
    });
}

} // namespace lori::test
