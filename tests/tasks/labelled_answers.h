// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/files.h"

#include <QtTest>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

/// The answers of tests/tasks/data, labelled by hand.
inline nlohmann::json labelledFile(const std::string& name)
{
    return nlohmann::json::parse(lori::readTextFile(std::string(LORI_SOURCE_DIR) + "/tests/tasks/data/" + name).value());
}

inline std::vector<nlohmann::json> labelledAnswers(const std::string& name)
{
    std::vector<nlohmann::json> rows;
    std::istringstream lines(lori::readTextFile(std::string(LORI_SOURCE_DIR) + "/tests/tasks/data/" + name).value());
    for (std::string line; std::getline(lines, line);) {
        rows.push_back(nlohmann::json::parse(line));
    }
    return rows;
}

/// How often a scorer agrees with the labels. Disagreements are printed.
class Agreement final {
public:
    void add(bool agrees, const std::string& answer, const std::string& taken)
    {
        ++m_rows;
        m_right += agrees ? 1 : 0;
        if (!agrees) {
            std::printf("  other than labelled, taken \"%s\": %s\n", taken.c_str(), nlohmann::json(answer).dump().c_str());
        }
    }
    /// Prints the share, and fails the test when it is below `atLeast` or too few answers were read.
    void require(const char* what, double atLeast) const
    {
        const double share = m_rows > 0 ? static_cast<double>(m_right) / m_rows : 0;
        std::printf("%s: %d of %d as labelled, %.1f %%\n", what, m_right, m_rows, 100 * share);
        QVERIFY2(m_rows >= 300, "at least 300 labelled answers are wanted");
        QVERIFY2(share >= atLeast, std::to_string(share).c_str());
    }

private:
    int m_rows = 0;
    int m_right = 0;
};
