// SPDX-License-Identifier: Apache-2.0
#include "core/formats/byte_reader.h"
#include "core/formats/gguf_file.h"
#include "core/formats/pickle.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

// A pickle is a program for a stack machine: values are pushed, the topmost are put together, marks delimit the parts of lists.
// Here it has no instruction that could reach anything outside: a "global" is looked up in a short list of known names
// (pickle_objects.cpp), a "reduce" makes a tensor or a container, and "build" on a container is ignored.

namespace lori::formats {

namespace {

constexpr std::size_t kMaxBytes = 16U << 20U;  // names and shapes of a large adapter take half a megabyte
constexpr std::size_t kMaxValues = 1'000'000U; // values take more memory than the instruction that makes them
constexpr std::uint64_t kMaxText = 1U << 16U;

class Machine final {
public:
    Machine(std::span<const std::byte> bytes, const std::string& where) : m_reader(bytes, where) {}

    Pickle run()
    {
        while (!m_stopped) {
            step(m_reader.read<std::uint8_t>("the next instruction of the pickle"));
        }
        m_pickle.length = m_reader.position();
        return std::move(m_pickle);
    }

private:
    [[noreturn]] void fail(const std::string& what) const
    {
        throw Exception(ErrorCode::BadFile, what + " (byte " + std::to_string(m_reader.position()) + " of the pickle)",
                        "the file is damaged or not from torch.save: download it again", m_reader.where());
    }

    void push(PickleValue value)
    {
        if (m_pickle.values.size() >= kMaxValues) {
            fail("the pickle makes more than " + std::to_string(kMaxValues) + " values");
        }
        m_pickle.values.push_back(std::move(value));
        m_stack.push_back(static_cast<PickleRef>(m_pickle.values.size() - 1));
    }
    /// The topmost value; never one below the last mark.
    [[nodiscard]] PickleRef top() const
    {
        if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back())) {
            fail("the pickle takes a value where there is none");
        }
        return m_stack.back();
    }
    PickleRef pop()
    {
        const PickleRef ref = top();
        m_stack.pop_back();
        return ref;
    }
    std::vector<PickleRef> popToMark()
    {
        if (m_marks.empty()) {
            fail("the pickle goes back to a mark that it never set");
        }
        const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
        std::vector<PickleRef> items(begin, m_stack.end());
        m_stack.erase(begin, m_stack.end());
        m_marks.pop_back();
        return items;
    }
    template <typename T>
    T& topAs(const char* what)
    {
        T* value = std::get_if<T>(&m_pickle.values[top()]);
        if (value == nullptr) {
            fail(std::string("the pickle treats another value as ") + what);
        }
        return *value;
    }

    std::string_view text(std::uint64_t length)
    {
        if (length > kMaxText) {
            fail("a text of the pickle claims " + std::to_string(length) + " bytes");
        }
        const std::span<const std::byte> bytes = m_reader.take(length, "a text of the pickle");
        const std::string_view result(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        if (!isUtf8(result)) {
            fail("a text of the pickle is not UTF-8");
        }
        return result;
    }
    std::string_view line()
    {
        std::uint64_t length = 0;
        ByteReader ahead = m_reader;
        while (ahead.read<char>("a name of the pickle") != '\n') {
            ++length;
        }
        const std::string_view result = text(length);
        (void)m_reader.read<char>("the end of a line");
        return result;
    }
    /// Little-endian two's complement of any length.
    void pushLong(std::uint64_t length)
    {
        const std::span<const std::byte> bytes = m_reader.take(length, "a whole number of the pickle");
        if (length > 8) {
            push(PickleBigInteger{});
            return;
        }
        const bool isNegative = length > 0 && (std::to_integer<unsigned>(bytes.back()) & 0x80U) != 0;
        std::uint64_t value = isNegative ? ~std::uint64_t{0} : 0;
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            const unsigned shift = 8U * static_cast<unsigned>(i);
            value = (value & ~(std::uint64_t{0xff} << shift)) | (std::to_integer<std::uint64_t>(bytes[i]) << shift);
        }
        push(static_cast<std::int64_t>(value));
    }
    void pushTuple(std::size_t count)
    {
        PickleSequence tuple;
        tuple.items.resize(count);
        for (std::size_t i = count; i-- > 0;) {
            tuple.items[i] = pop();
        }
        push(std::move(tuple));
    }
    void addItems(const std::vector<PickleRef>& items)
    {
        if (items.size() % 2 != 0) {
            fail("the pickle gives a dictionary a key without a value");
        }
        auto& dictionary = topAs<PickleDictionary>("a dictionary");
        for (std::size_t i = 0; i < items.size(); i += 2) {
            dictionary.items.emplace_back(items[i], items[i + 1]);
        }
    }
    void remember(std::uint32_t place)
    {
        if (m_memo.size() >= kMaxValues) {
            fail("the pickle keeps more than " + std::to_string(kMaxValues) + " values");
        }
        m_memo[place] = top();
    }
    void recall(std::uint32_t place)
    {
        const auto known = m_memo.find(place);
        if (known == m_memo.end()) {
            fail("the pickle recalls the value " + std::to_string(place) + ", which it never kept");
        }
        pushShared(known->second);
    }
    /// A second reference costs as much of the limit as a new value, so that a short file cannot grow a list without end.
    void pushShared(PickleRef ref)
    {
        if (++m_shared > kMaxValues) {
            fail("the pickle repeats more than " + std::to_string(kMaxValues) + " values");
        }
        m_stack.push_back(ref);
    }
    void reduce()
    {
        const PickleRef arguments = pop();
        const auto* callable = std::get_if<PickleCallable>(&m_pickle.at(pop()));
        if (callable == nullptr) {
            fail("the pickle calls something that cannot be called");
        }
        push(callPickle(m_pickle, *callable, arguments, m_reader.where()));
    }
    void pushGlobal(std::string_view module, std::string_view name) { push(callableNamed(module, name, m_reader.where())); }
    void pushStackGlobal()
    {
        const auto* name = std::get_if<std::string_view>(&m_pickle.at(pop()));
        const auto* module = std::get_if<std::string_view>(&m_pickle.at(pop()));
        if (name == nullptr || module == nullptr) {
            fail("the pickle names a callable by something that is no text");
        }
        pushGlobal(*module, *name);
    }
    /// Attributes of an OrderedDict (a state_dict's `_metadata`): of no use here.
    void build()
    {
        (void)pop();
        (void)topAs<PickleDictionary>("a dictionary with attributes");
    }
    void pushBigEndianDouble()
    {
        push(std::bit_cast<double>(__builtin_bswap64(m_reader.read<std::uint64_t>("a number of the pickle"))));
    }
    void stop()
    {
        m_pickle.root = pop();
        m_stopped = true;
    }

    bool stepNumbers(std::uint8_t instruction);
    bool stepTexts(std::uint8_t instruction);
    bool stepContainers(std::uint8_t instruction);
    bool stepMemory(std::uint8_t instruction);
    void step(std::uint8_t instruction);

    ByteReader m_reader;
    Pickle m_pickle;
    std::vector<PickleRef> m_stack;
    std::vector<std::size_t> m_marks; ///< heights of the stack
    std::unordered_map<std::uint32_t, PickleRef> m_memo;
    std::size_t m_shared = 0;
    bool m_stopped = false;
};

bool Machine::stepNumbers(std::uint8_t instruction)
{
    switch (instruction) {
    case 'N':
        push(std::monostate{});
        return true;
    case 0x88:
    case 0x89:
        push(instruction == 0x88);
        return true;
    case 'J':
        push(std::int64_t{m_reader.read<std::int32_t>("a number of the pickle")});
        return true;
    case 'K':
        push(std::int64_t{m_reader.read<std::uint8_t>("a number of the pickle")});
        return true;
    case 'M':
        push(std::int64_t{m_reader.read<std::uint16_t>("a number of the pickle")});
        return true;
    case 0x8a:
        pushLong(m_reader.read<std::uint8_t>("the length of a number"));
        return true;
    case 'G':
        pushBigEndianDouble();
        return true;
    default:
        return false;
    }
}

bool Machine::stepTexts(std::uint8_t instruction)
{
    switch (instruction) {
    case 'X':
        push(text(m_reader.read<std::uint32_t>("the length of a text")));
        return true;
    case 0x8c:
        push(text(m_reader.read<std::uint8_t>("the length of a text")));
        return true;
    case 0x8d:
        push(text(m_reader.read<std::uint64_t>("the length of a text")));
        return true;
    case 'c': {
        const std::string_view module = line();
        pushGlobal(module, line());
        return true;
    }
    case 0x93:
        pushStackGlobal();
        return true;
    default:
        return false;
    }
}

bool Machine::stepContainers(std::uint8_t instruction)
{
    switch (instruction) {
    case ']':
    case ')':
        push(PickleSequence{});
        return true;
    case '}':
        push(PickleDictionary{});
        return true;
    case 't':
    case 'l':
        push(PickleSequence{popToMark()});
        return true;
    case 'd': {
        const std::vector<PickleRef> items = popToMark();
        push(PickleDictionary{});
        addItems(items);
        return true;
    }
    case 0x85:
    case 0x86:
    case 0x87:
        pushTuple(instruction - 0x84U);
        return true;
    case 'a': {
        const PickleRef item = pop();
        topAs<PickleSequence>("a list").items.push_back(item);
        return true;
    }
    case 'e': {
        const std::vector<PickleRef> items = popToMark();
        auto& list = topAs<PickleSequence>("a list").items;
        list.insert(list.end(), items.begin(), items.end());
        return true;
    }
    case 's': {
        const PickleRef value = pop();
        const PickleRef key = pop();
        addItems({key, value});
        return true;
    }
    case 'u':
        addItems(popToMark());
        return true;
    default:
        return false;
    }
}

bool Machine::stepMemory(std::uint8_t instruction)
{
    switch (instruction) {
    case 'q':
        remember(m_reader.read<std::uint8_t>("a place in the memory"));
        return true;
    case 'r':
        remember(m_reader.read<std::uint32_t>("a place in the memory"));
        return true;
    case 0x94:
        remember(static_cast<std::uint32_t>(m_memo.size()));
        return true;
    case 'h':
        recall(m_reader.read<std::uint8_t>("a place in the memory"));
        return true;
    case 'j':
        recall(m_reader.read<std::uint32_t>("a place in the memory"));
        return true;
    case '(':
        m_marks.push_back(m_stack.size());
        return true;
    case '0':
        (void)pop();
        return true;
    case '1':
        (void)popToMark();
        return true;
    case '2':
        pushShared(top());
        return true;
    default:
        return false;
    }
}

void Machine::step(std::uint8_t instruction)
{
    if (stepNumbers(instruction) || stepTexts(instruction) || stepContainers(instruction) || stepMemory(instruction)) {
        return;
    }
    switch (instruction) {
    case 0x80: // the protocol's number
        (void)m_reader.read<std::uint8_t>("the protocol");
        return;
    case 0x95: // a frame's length: only a hint for reading ahead
        (void)m_reader.read<std::uint64_t>("a frame");
        return;
    case 'Q':
        push(persistentStorage(m_pickle, pop(), m_reader.where()));
        return;
    case 'R':
        reduce();
        return;
    case 'b':
        build();
        return;
    case '.':
        stop();
        return;
    default:
        throw Exception(ErrorCode::Unsupported,
                        "the pickle uses the instruction " + std::to_string(instruction) + " at byte " +
                            std::to_string(m_reader.position() - 1) + ", which a file of tensors does not need",
                        "save the tensors again with torch.save", m_reader.where());
    }
}

} // namespace

Pickle readPickle(std::span<const std::byte> bytes, const std::string& where)
{
    return Machine(bytes.first(std::min(bytes.size(), kMaxBytes)), where).run();
}

} // namespace lori::formats
