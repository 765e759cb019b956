// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/downloads/data_sources.h"
#include "core/events/fields.h"

#include <string>
#include <vector>

// The options of kinds that bring data in.
namespace lori::workers {

// NOLINTBEGIN(readability-redundant-member-init): GCC warns of a designated initializer that leaves out a member without one.

struct DownloadOptions {
    std::vector<std::string> names{};
    std::string folder{};
    std::string from = std::string(downloads::kDataHost);
    std::int64_t timeout = 60;
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, DownloadOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("names", o.names, "sets, groups (nlu, math, code, safety) or all");
    visit("folder", o.folder, "where to put them; empty for data/ beside the runs");
    visit("from", o.from, "address of the host, or of a mirror with the same paths");
    visit("timeout", o.timeout, "seconds without a byte after which it is given up");
}

struct ImportOptions {
    std::string file{};
    std::string task{};
    std::string out{};
    std::string instruction{};
    std::string input{};
    std::string output{};
    std::string system{};
    std::string history{};
    std::string messages{};
    bool skipBad = false;
};

template <typename Visitor, typename T>
requires std::is_same_v<std::remove_const_t<T>, ImportOptions>
void visitFields(Visitor& visit, T& o)
{
    visit("file", o.file, "JSON lines, JSON or CSV (also .gz), Parquet or Arrow, or a folder that datasets saved");
    visit("task", o.task, "starter task instead of a file");
    visit("out", o.out, "JSON lines to write");
    visit("instruction", o.instruction, "column of the instruction; empty to find it");
    visit("input", o.input, "column of the input");
    visit("output", o.output, "column of the output");
    visit("system", o.system, "column of the system text");
    visit("history", o.history, "column of earlier turns");
    visit("messages", o.messages, "column of a chat list");
    visit("skipBad", o.skipBad, "leave broken rows out and count them");
}

// NOLINTEND(readability-redundant-member-init)

} // namespace lori::workers
