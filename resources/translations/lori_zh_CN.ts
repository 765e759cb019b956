<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AdapterExports</name>
    <message>
        <source>Export of %1</source>
        <translation>导出 %1</translation>
    </message>
</context>
<context>
    <name>AdapterLineage</name>
    <message>
        <source>base model</source>
        <translation>基座模型</translation>
    </message>
    <message>
        <source>data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>不在此处</translation>
    </message>
    <message>
        <source>merge (%1)</source>
        <translation>合并（%1）</translation>
    </message>
</context>
<context>
    <name>DraftChanges</name>
    <message>
        <source>Training stages</source>
        <translation>训练阶段</translation>
    </message>
    <message>
        <source>What is learned</source>
        <translation>学习的内容</translation>
    </message>
</context>
<context>
    <name>LogSentence</name>
    <message>
        <source>the processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Goes on on %1 with %2 threads</source>
        <translation>在%1上以 %2 个线程继续</translation>
    </message>
    <message>
        <source>Begins on %1 with %2 threads</source>
        <translation>在%1上以 %2 个线程开始</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <translation>%1（%2 步）</translation>
    </message>
    <message>
        <source>Plan: %1; %2 rows to learn from, %3 held out</source>
        <translation>计划：%1；学习 %2 行，留出 %3 行</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Reads %1</source>
        <translation>读取 %1</translation>
    </message>
    <message>
        <source>Goes on although these changed: %1</source>
        <translation>虽有更改仍继续：%1</translation>
    </message>
    <message>
        <source>%1 begins: %2 steps, %3 trained parameters</source>
        <translation>%1 开始：%2 步，训练 %3 个参数</translation>
    </message>
    <message>
        <source>%1 begins</source>
        <translation>%1 开始</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1：%2 / %3</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余%2</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>非数字</translation>
    </message>
    <message>
        <source>Held-out loss after step %1: %2</source>
        <translation>第 %1 步后的留出损失：%2</translation>
    </message>
    <message>
        <source>%1: %2, %3 of %4</source>
        <translation>%1：%2，%3 / %4</translation>
    </message>
    <message>
        <source>Checkpoint after step %1</source>
        <translation>第 %1 步后的检查点</translation>
    </message>
    <message>
        <source>The mask keeps %1 of %2 entries</source>
        <translation>掩码保留 %2 项中的 %1 项</translation>
    </message>
    <message>
        <source>The adapter is saved: %1, %2</source>
        <translation>适配器已保存：%1，%2</translation>
    </message>
    <message>
        <source>What must stay frozen is unchanged</source>
        <translation>必须冻结的部分未变</translation>
    </message>
    <message>
        <source>Something that must stay frozen has changed</source>
        <translation>必须冻结的部分发生了变化</translation>
    </message>
    <message>
        <source>Prepared in %1</source>
        <translation>准备用时 %1</translation>
    </message>
    <message>
        <source>The stage is finished after %1</source>
        <translation>阶段完成，用时 %1</translation>
    </message>
    <message>
        <source>Paused after step %1</source>
        <translation>第 %1 步后暂停</translation>
    </message>
    <message>
        <source>Continued</source>
        <translation>已继续</translation>
    </message>
    <message>
        <source>The learning rate is %1 after step %2</source>
        <translation>第 %2 步后的学习率为 %1</translation>
    </message>
    <message>
        <source>The stage has %1 steps now</source>
        <translation>此阶段现有 %1 步</translation>
    </message>
    <message>
        <source>Checks come every %1 steps now</source>
        <translation>现在每 %1 步检查一次</translation>
    </message>
    <message>
        <source>Made %1</source>
        <translation>已生成 %1</translation>
    </message>
    <message>
        <source>Finished after %1 of work</source>
        <translation>完成，工作用时 %1</translation>
    </message>
    <message>
        <source>Stopped; what was done is kept</source>
        <translation>已停止；已完成的部分保留</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已丢弃</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>After step %1 the mask would keep %2 of %3 entries</source>
        <translation>第 %1 步之后，掩码将保留 %3 个条目中的 %2 个</translation>
    </message>
    <message>
        <source>loss per token %1</source>
        <translation>每词元损失 %1</translation>
    </message>
    <message>
        <source>loss as trained %1</source>
        <translation>训练时所用的损失 %1</translation>
    </message>
    <message>
        <source>a loss that is not a number</source>
        <translation>损失不是数字</translation>
    </message>
    <message>
        <source>Step %1: %2, learning rate %3, %4 tokens a second</source>
        <translation>第 %1 步：%2，学习率 %3，每秒 %4 词元</translation>
    </message>
    <message>
        <source>Held-out loss per token after step %1: %2</source>
        <translation>第 %1 步后的留出每词元损失：%2</translation>
    </message>
</context>
<context>
    <name>MaskWords</name>
    <message>
        <source>%1 %</source>
        <comment>a percentage</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>layer %1 · %2: %3 kept, %4 of %5 entries (whole model %6)</source>
        <translation>第 %1 层 · %2：保留 %3，%5 个条目中的 %4 个（整个模型 %6）</translation>
    </message>
    <message>
        <source>q: what a token looks for in the others</source>
        <translation>q：一个词元在其他词元中寻找什么</translation>
    </message>
    <message>
        <source>k: by what a token is found</source>
        <translation>k：一个词元凭什么被找到</translation>
    </message>
    <message>
        <source>v: what a token hands on when it is found</source>
        <translation>v：一个词元被找到时传递什么</translation>
    </message>
    <message>
        <source>o: puts together what was found</source>
        <translation>o：把找到的内容合在一起</translation>
    </message>
    <message>
        <source>gate: which features of the layer act</source>
        <translation>gate：该层的哪些特征起作用</translation>
    </message>
    <message>
        <source>up: the layer&apos;s features</source>
        <translation>up：该层的特征</translation>
    </message>
    <message>
        <source>down: what the features add to the token</source>
        <translation>down：这些特征给词元加上什么</translation>
    </message>
</context>
<context>
    <name>OtherMask</name>
    <message>
        <source>%1, sparsity %2</source>
        <comment>name of a run</comment>
        <translation>%1，稀疏度 %2</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Home</source>
        <translation>首页</translation>
    </message>
    <message>
        <source>Experiment</source>
        <translation>实验</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>顺序学习</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>研究</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>PlotExport</name>
    <message>
        <source>Cannot save %1: %2</source>
        <translation>无法保存 %1：%2</translation>
    </message>
    <message>
        <source>%1 was not written: a name ends in .png, .svg, .pdf or .csv</source>
        <translation>没有写入 %1：文件名须以 .png、.svg、.pdf 或 .csv 结尾</translation>
    </message>
</context>
<context>
    <name>PlotView</name>
    <message>
        <source>%1 [%2 – %3]</source>
        <translation>%1 [%2 – %3]</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1: %2 (at %3)</source>
        <translation>%1：%2（位于 %3）</translation>
    </message>
</context>
<context>
    <name>RunReport</name>
    <message>
        <source>Run: %1 (%2)</source>
        <comment>name, folder</comment>
        <translation>运行：%1（%2）</translation>
    </message>
    <message>
        <source>State: %1</source>
        <translation>状态：%1</translation>
    </message>
    <message>
        <source>Failure: %1</source>
        <translation>失败原因：%1</translation>
    </message>
    <message>
        <source>Scores:</source>
        <translation>分数：</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <comment>measure, before, after</comment>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Recipe:</source>
        <translation>配方：</translation>
    </message>
    <message>
        <source>Log, its newest lines:</source>
        <translation>日志的最新几行：</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>Safety</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Maths</source>
        <translation>数学</translation>
    </message>
    <message>
        <source>Language understanding</source>
        <translation>语言理解</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>LoRI-D</source>
        <translation>LoRI-D</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>LoRI-S</source>
        <translation>LoRI-S</translation>
    </message>
    <message>
        <source>Harmful requests refused</source>
        <translation>拒绝有害请求</translation>
    </message>
    <message>
        <source>Harmless requests refused needlessly</source>
        <translation>不必要地拒绝无害请求</translation>
    </message>
    <message>
        <source>%1: right answers</source>
        <translation>%1：正确回答</translation>
    </message>
    <message>
        <source>%1: tests passed</source>
        <translation>%1：通过测试</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
</context>
<context>
    <name>TableModel</name>
    <message>
        <source>no value</source>
        <translation>无值</translation>
    </message>
</context>
<context>
    <name>lori::ui::AboutDialog</name>
    <message>
        <source>About LoRI Workbench</source>
        <translation>关于 LoRI 工作台</translation>
    </message>
    <message>
        <source>&lt;h3&gt;LoRI Workbench %1&lt;/h3&gt;&lt;p&gt;Sets up, watches and compares LoRI fine-tuning experiments (LoRA with a frozen random A and a sparse, task-masked B; arXiv 2504.07448).&lt;/p&gt;&lt;p&gt;Nothing leaves this computer.&lt;/p&gt;&lt;p&gt;The window: GPL-3.0-or-later. The engine and its command line: Apache-2.0.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;LoRI 工作台 %1&lt;/h3&gt;&lt;p&gt;设置、观察并比较 LoRI 微调实验（LoRI 即 A 随机且冻结、B 稀疏并按任务掩码的 LoRA；arXiv 2504.07448）。&lt;/p&gt;&lt;p&gt;任何数据都不会离开这台计算机。&lt;/p&gt;&lt;p&gt;窗口程序：GPL-3.0-or-later。引擎及其命令行：Apache-2.0。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;The history is kept with SQLite %1.&lt;/p&gt;</source>
        <translation>&lt;p&gt;历史由 SQLite %1 保存。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>关闭(&amp;O)</translation>
    </message>
    <message>
        <source>Copy &amp;diagnostics</source>
        <translation>复制诊断信息(&amp;D)</translation>
    </message>
    <message>
        <source>Versions and facts of this computer for a report of a fault; no names, no paths</source>
        <translation>版本和本机情况，用于报告故障；不含名称和路径</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
</context>
<context>
    <name>lori::ui::AdapterBase</name>
    <message>
        <source>%1: at hand, the same weights</source>
        <translation>%1：可用，权重相同</translation>
    </message>
    <message>
        <source>The adapter does not say which model it belongs to</source>
        <translation>适配器未说明属于哪个模型</translation>
    </message>
    <message>
        <source>%1: checking…</source>
        <translation>%1：正在检查…</translation>
    </message>
    <message>
        <source>%1: at hand; the adapter does not tell whether the weights are the same</source>
        <translation>%1：可用；适配器未说明权重是否相同</translation>
    </message>
    <message>
        <source>%1: the model of this name has other weights than the adapter was trained on</source>
        <translation>%1：同名模型的权重与训练该适配器时的不同</translation>
    </message>
    <message>
        <source>%1: its files are there, but it is not on the list of models</source>
        <translation>%1：文件存在，但不在模型列表中</translation>
    </message>
    <message>
        <source>%1: not here. Add it under Models to use this adapter</source>
        <translation>%1：不在此处。请在“模型”中添加它以使用此适配器</translation>
    </message>
</context>
<context>
    <name>lori::ui::AdapterCard</name>
    <message>
        <source>No adapter is chosen</source>
        <translation>未选择适配器</translation>
    </message>
    <message>
        <source>Choose one in the list to see what it is and where it comes from.</source>
        <translation>在列表中选择一个以查看其信息和来源。</translation>
    </message>
    <message numerus="yes">
        <source>Same A as %n other(s): merged with them, only the masks keep them apart.</source>
        <translation>
            <numerusform>与另外 %n 个适配器的 A 相同：合并时只有掩码能将它们分开。</numerusform>
        </translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基座模型</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>none: dense</source>
        <translation>无：稠密</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Seed of A</source>
        <translation>A 的种子</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>学习内容</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Opens the run that made it</source>
        <translation>打开产生它的运行</translation>
    </message>
    <message>
        <source>No run of this list made it</source>
        <translation>列表中没有产生它的运行</translation>
    </message>
    <message>
        <source>Shows the masks of its run</source>
        <translation>显示其运行的掩码</translation>
    </message>
    <message>
        <source>Masks belong to runs, and no run of this list made it</source>
        <translation>掩码属于运行，而列表中没有产生它的运行</translation>
    </message>
    <message>
        <source>Chooses it for a merge</source>
        <translation>选择它用于合并</translation>
    </message>
    <message>
        <source>Writes it for other programs</source>
        <translation>写成其他程序可用的格式</translation>
    </message>
    <message>
        <source>One export at a time: wait for the one at work</source>
        <translation>一次只能导出一个：请等待当前导出完成</translation>
    </message>
    <message>
        <source>The chosen adapter</source>
        <translation>所选适配器</translation>
    </message>
    <message>
        <source>Where it comes from</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Open r&amp;un</source>
        <translation>打开运行(&amp;U)</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>打开运行</translation>
    </message>
    <message>
        <source>Mas&amp;ks</source>
        <translation>掩码(&amp;K)</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>Mer&amp;ge with…</source>
        <translation>合并(&amp;G)…</translation>
    </message>
    <message>
        <source>Merge with</source>
        <translation>与其他合并</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Show f&amp;older</source>
        <translation>打开文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>Its files stay where they are</source>
        <translation>文件仍在原处</translation>
    </message>
    <message>
        <source>It goes with its run: move the run to the trash</source>
        <translation>它属于其运行：请把运行移到回收站</translation>
    </message>
    <message>
        <source>“%1” is off the list; its files stay where they are.</source>
        <translation>“%1”已从列表移除；文件仍在原处。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>从列表移除</translation>
    </message>
</context>
<context>
    <name>lori::ui::AdapterDialog</name>
    <message>
        <source>Adapters to try</source>
        <translation>要试用的适配器</translation>
    </message>
    <message>
        <source>Put side by side</source>
        <translation>并排显示</translation>
    </message>
    <message>
        <source>%1 are chosen; at most %2 fit beside the base.</source>
        <translation>已选择 %1 个；基础模型旁最多容纳 %2 个。</translation>
    </message>
    <message>
        <source>These adapters belong to different base models; choose adapters of one.</source>
        <translation>这些适配器属于不同的基础模型；请选择同一基础模型的适配器。</translation>
    </message>
    <message>
        <source>None is chosen: the base model answers alone.</source>
        <translation>未选择：只有基础模型回答。</translation>
    </message>
    <message numerus="yes">
        <source>%n of 3 chosen; the base model answers beside them.</source>
        <translation>
            <numerusform>已选择 %n 个（最多 3 个）；基础模型一同回答。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::AdapterExports</name>
    <message>
        <source>Put the model&apos;s folder into</source>
        <translation>将模型文件夹放到</translation>
    </message>
    <message>
        <source>Write the GGUF file as</source>
        <translation>GGUF 文件另存为</translation>
    </message>
    <message>
        <source>GGUF files (*.gguf)</source>
        <translation>GGUF 文件 (*.gguf)</translation>
    </message>
    <message>
        <source>Export of %1</source>
        <translation>导出 %1</translation>
    </message>
    <message>
        <source>%1 is done.</source>
        <translation>%1 已完成。</translation>
    </message>
    <message>
        <source>%1 is done: %2</source>
        <translation>%1 已完成：%2</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>%1 failed. %2</source>
        <translation>%1 失败。%2</translation>
    </message>
    <message>
        <source>%1 broke off; start it again.</source>
        <translation>%1 中断；请重新开始。</translation>
    </message>
    <message>
        <source>%1 was stopped; nothing was written.</source>
        <translation>%1 已停止；未写入任何内容。</translation>
    </message>
    <message>
        <source>Merged model for llama.cpp, &amp;8 bits (GGUF)…</source>
        <translation>供 llama.cpp 使用的合并模型，8 位（GGUF）(&amp;8)…</translation>
    </message>
    <message>
        <source>Merged model for llama.cpp, &amp;16 bits (GGUF)…</source>
        <translation>供 llama.cpp 使用的合并模型，16 位（GGUF）(&amp;1)…</translation>
    </message>
    <message>
        <source>&amp;Adapter alone for llama.cpp (GGUF)…</source>
        <translation>供 llama.cpp 使用的单独适配器（GGUF）(&amp;A)…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the export</source>
        <translation>停止导出</translation>
    </message>
    <message>
        <source>Progress of the export</source>
        <translation>导出进度</translation>
    </message>
    <message>
        <source>&amp;Merged model for transformers (a folder)…</source>
        <translation>供 transformers 使用的合并模型（文件夹）(&amp;M)…</translation>
    </message>
</context>
<context>
    <name>lori::ui::AdapterLineage</name>
    <message numerus="yes">
        <source>%n step(s)</source>
        <translation>
            <numerusform>%n 步</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 passes</source>
        <translation>%1 遍</translation>
    </message>
    <message>
        <source>made elsewhere</source>
        <translation>在别处制作</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>不在此处</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation>%1，来自 %2</translation>
    </message>
</context>
<context>
    <name>lori::ui::AdapterModel</name>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Learned</source>
        <translation>学到的任务</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Seed of A</source>
        <translation>A 的种子</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>merged (%1)</source>
        <translation>合并（%1）</translation>
    </message>
    <message>
        <source>made elsewhere</source>
        <translation>在别处制作</translation>
    </message>
</context>
<context>
    <name>lori::ui::AdapterPicker</name>
    <message>
        <source>Search adapters</source>
        <translation>搜索适配器</translation>
    </message>
    <message>
        <source>Adapters</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>No adapter yet: adapters come from finished runs.</source>
        <translation>还没有适配器：适配器来自完成的运行。</translation>
    </message>
</context>
<context>
    <name>lori::ui::AdaptersTab</name>
    <message>
        <source>Puts it beside its base model, ready for a question</source>
        <translation>将其与基座模型并排，可立即提问</translation>
    </message>
    <message>
        <source>Choose an adapter first</source>
        <translation>请先选择适配器</translation>
    </message>
    <message>
        <source>Choose an adapter&apos;s folder (with adapter_config.json)</source>
        <translation>选择适配器文件夹（含 adapter_config.json）</translation>
    </message>
    <message>
        <source>The adapter is being read</source>
        <translation>正在读取适配器</translation>
    </message>
    <message>
        <source>%1 cannot be used: %2</source>
        <translation>%1 无法使用：%2</translation>
    </message>
    <message>
        <source>Adapters come from finished runs.</source>
        <translation>适配器来自已完成的运行。</translation>
    </message>
    <message>
        <source>&amp;New experiment</source>
        <translation>新建实验(&amp;N)</translation>
    </message>
    <message>
        <source>New experiment</source>
        <translation>新建实验</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Try &amp;it</source>
        <translation>试用(&amp;I)</translation>
    </message>
    <message>
        <source>Choose an adapter&apos;s GGUF file</source>
        <translation>选择适配器的 GGUF 文件</translation>
    </message>
    <message>
        <source>Adapters of llama.cpp (*.gguf);;All files (*)</source>
        <translation>llama.cpp 的适配器 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Open a&amp;dapter</source>
        <translation>打开适配器(&amp;D)</translation>
    </message>
    <message>
        <source>Open an adapter</source>
        <translation>打开适配器</translation>
    </message>
    <message>
        <source>An adapter of PEFT, of llama.cpp or of this program from elsewhere; the list keeps it</source>
        <translation>来自别处的 PEFT、llama.cpp 或本程序的适配器；列表会保留它</translation>
    </message>
    <message>
        <source>&amp;Folder (PEFT)…</source>
        <translation>文件夹（PEFT）(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;GGUF file (llama.cpp)…</source>
        <translation>GGUF 文件（llama.cpp）(&amp;G)…</translation>
    </message>
</context>
<context>
    <name>lori::ui::AnswersTab</name>
    <message>
        <source>right</source>
        <translation>正确</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>预期答案</translation>
    </message>
    <message>
        <source>Right?</source>
        <translation>是否正确</translation>
    </message>
    <message>
        <source>Which score&apos;s answers</source>
        <translation>显示哪项得分的回答</translation>
    </message>
    <message>
        <source>Whose answers beside the baseline&apos;s</source>
        <translation>与基准并列显示谁的回答</translation>
    </message>
    <message>
        <source>Answers of two runs</source>
        <translation>两次运行的回答</translation>
    </message>
    <message>
        <source>The selected question</source>
        <translation>所选问题</translation>
    </message>
    <message>
        <source>The baseline&apos;s answer</source>
        <translation>基准的回答</translation>
    </message>
    <message>
        <source>The other answer</source>
        <translation>另一个回答</translation>
    </message>
    <message>
        <source>These runs were not measured on the same rows: %1</source>
        <translation>这些运行不是在相同的行上测量的：%1</translation>
    </message>
    <message>
        <source>These two have no answers to the same questions. Runs keep the answers of every score that they measure; choose runs that were scored on the same task.</source>
        <translation>这两者没有对相同问题的回答。运行会保留所测每项得分的回答；请选择在同一任务上评分的运行。</translation>
    </message>
    <message>
        <source>All (%1)</source>
        <translation>全部（%1）</translation>
    </message>
    <message>
        <source>Right → wrong (%1)</source>
        <translation>正确 → 错误（%1）</translation>
    </message>
    <message>
        <source>Wrong → right (%1)</source>
        <translation>错误 → 正确（%1）</translation>
    </message>
    <message>
        <source>No answer went this way.</source>
        <translation>没有回答发生这种变化。</translation>
    </message>
    <message>
        <source>Question and expected answer</source>
        <translation>问题与预期答案</translation>
    </message>
    <message>
        <source>%1

Expected: %2</source>
        <translation>%1

预期：%2</translation>
    </message>
</context>
<context>
    <name>lori::ui::BMatrixModel</name>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>舍弃</translation>
    </message>
    <message>
        <source>(%1) dropped</source>
        <translation>(%1) 已舍弃</translation>
    </message>
    <message>
        <source>Rank %1</source>
        <translation>秩 %1</translation>
    </message>
    <message>
        <source>Output %1</source>
        <translation>输出 %1</translation>
    </message>
</context>
<context>
    <name>lori::ui::BMatrixView</name>
    <message>
        <source>Entries of one B matrix</source>
        <translation>一个 B 矩阵的条目</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>舍弃</translation>
    </message>
    <message>
        <source>Bars: share kept of each output row (below) and of each rank (right)</source>
        <translation>条形：每个输出行（下方）和每个秩（右侧）保留的比例</translation>
    </message>
    <message>
        <source>|b| = %1, %2</source>
        <translation>|b| = %1，%2</translation>
    </message>
    <message>
        <source>kept, small to large |b|</source>
        <translation>保留，|b| 由小到大</translation>
    </message>
    <message>
        <source>left out, likewise</source>
        <translation>舍弃，同上</translation>
    </message>
    <message>
        <source>The wheel, + and − zoom</source>
        <translation>滚轮、+ 和 − 可缩放</translation>
    </message>
</context>
<context>
    <name>lori::ui::BaseCard</name>
    <message>
        <source>%1 – files not found</source>
        <translation>%1 – 找不到文件</translation>
    </message>
    <message>
        <source>The adapter belongs to this model</source>
        <translation>该适配器属于这个模型</translation>
    </message>
    <message>
        <source>nothing learned yet</source>
        <translation>还没有学过任何东西</translation>
    </message>
    <message>
        <source>Begin from an adapter</source>
        <translation>从一个适配器开始</translation>
    </message>
    <message>
        <source>No LoRI adapter yet. Train one on the Experiment page, or begin from the base model.</source>
        <translation>还没有 LoRI 适配器。请在实验页面训练一个，或从基础模型开始。</translation>
    </message>
    <message>
        <source>Begin from it</source>
        <translation>从它开始</translation>
    </message>
    <message>
        <source>Where the sequence begins</source>
        <translation>序列从哪里开始</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基础</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Begins with</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Adapter …</source>
        <translation>适配器…</translation>
    </message>
    <message>
        <source>The first task goes on from what this adapter learned</source>
        <translation>第一个任务在该适配器所学的基础上继续</translation>
    </message>
    <message>
        <source>From scratch</source>
        <translation>从头开始</translation>
    </message>
    <message>
        <source>Begin from scratch</source>
        <translation>从头开始</translation>
    </message>
</context>
<context>
    <name>lori::ui::BudgetBar</name>
    <message>
        <source>%1 %2</source>
        <comment>method, parameters</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Parameters of the base model and of what is trained</source>
        <translation>基础模型与所训练部分的参数</translation>
    </message>
</context>
<context>
    <name>lori::ui::ChangeDialog</name>
    <message>
        <source>Continue with other settings</source>
        <translation>用别的设置继续</translation>
    </message>
    <message>
        <source>Change the run at work</source>
        <translation>更改正在进行的运行</translation>
    </message>
    <message>
        <source>A new run goes on from step %1 of %2, with this run&apos;s past. This run stays as it is.</source>
        <translation>新运行带着这次运行的过去，从 %2 的第 %1 步继续。这次运行保持不变。</translation>
    </message>
    <message>
        <source>Holds for %1 from its next step on. Every change is kept with the run and drawn on its charts, and the run&apos;s recipe repeats it.</source>
        <translation>从下一步起对 %1 生效。每次更改都随运行保存并画在图上，运行的配方会重现它。</translation>
    </message>
    <message>
        <source>Name of the new run</source>
        <translation>新运行的名称</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Learning rate</source>
        <translation>学习率(&amp;L)</translation>
    </message>
    <message>
        <source>Before the schedule&apos;s factor; values between 1e-5 and 1e-3 are usual</source>
        <translation>乘以调度系数之前；通常在 1e-5 与 1e-3 之间</translation>
    </message>
    <message>
        <source>&amp;Steps of this stage</source>
        <translation>这一阶段的步数(&amp;S)</translation>
    </message>
    <message>
        <source>Those that are done are %1; with as many it ends there</source>
        <translation>已完成 %1 步；设为同样多就在那里结束</translation>
    </message>
    <message>
        <source>Steps between &amp;checks</source>
        <translation>检查间隔的步数(&amp;C)</translation>
    </message>
    <message>
        <source>Scores while it trains; 0 = only at the stage&apos;s end</source>
        <translation>训练期间的评分；0 = 只在阶段结束时</translation>
    </message>
    <message>
        <source>Make the ru&amp;n and go on</source>
        <translation>创建运行并继续(&amp;N)</translation>
    </message>
    <message>
        <source>Chan&amp;ge</source>
        <translation>更改(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;End this stage now</source>
        <translation>现在结束这一阶段(&amp;E)</translation>
    </message>
    <message>
        <source>Its adapter is kept as it is, and the run goes on with its next stage: after LoRI-D it finds the mask</source>
        <translation>保留当前的适配器，运行进入下一阶段：LoRI-D 之后会求出掩码</translation>
    </message>
    <message>
        <source>%1: a number is missing</source>
        <translation>%1：缺少数字</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The new run needs a name</source>
        <translation>新运行需要一个名称</translation>
    </message>
    <message>
        <source>All steps of this stage are done: give it more</source>
        <translation>这一阶段的步数已全部完成：请给更多</translation>
    </message>
</context>
<context>
    <name>lori::ui::ChangesDialog</name>
    <message>
        <source>Changed from the start</source>
        <translation>与起点相比的更改</translation>
    </message>
    <message>
        <source>Changed settings</source>
        <translation>更改过的设置</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>At the start</source>
        <translation>开始时</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Set &amp;back</source>
        <translation>恢复(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Go to the field</source>
        <translation>转到该栏(&amp;G)</translation>
    </message>
    <message>
        <source>Edit › Undo takes this back</source>
        <translation>用“编辑 › 撤销”恢复</translation>
    </message>
</context>
<context>
    <name>lori::ui::ColumnRoles</name>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统文本</translation>
    </message>
    <message>
        <source>Earlier turns</source>
        <translation>先前轮次</translation>
    </message>
    <message>
        <source>Conversation</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>–</source>
        <comment>a column that is not used</comment>
        <translation>–</translation>
    </message>
    <message>
        <source>Choose the column that holds the instruction, or the question.</source>
        <translation>请选择存放指令（问题）的列。</translation>
    </message>
    <message>
        <source>Choose the column that holds the answer.</source>
        <translation>请选择存放回答的列。</translation>
    </message>
    <message>
        <source>Choose the columns that hold the instruction and the answer.</source>
        <translation>请选择存放指令和回答的列。</translation>
    </message>
</context>
<context>
    <name>lori::ui::CommandPalette</name>
    <message>
        <source>Find an action, a run or an adapter</source>
        <translation>查找操作、运行或适配器</translation>
    </message>
    <message>
        <source>What fits</source>
        <translation>符合的项目</translation>
    </message>
    <message>
        <source>%1  –  %2</source>
        <translation>%1  –  %2</translation>
    </message>
    <message>
        <source>%1  –  %2  (%3)</source>
        <translation>%1  –  %2（%3）</translation>
    </message>
    <message>
        <source>Nothing is called that.</source>
        <translation>没有叫这个名字的。</translation>
    </message>
</context>
<context>
    <name>lori::ui::ComparePage</name>
    <message>
        <source>%1, %2</source>
        <comment>name and time</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>&amp;Save report …</source>
        <translation>保存报告(&amp;S) …</translation>
    </message>
    <message>
        <source>Reading the runs …</source>
        <translation>正在读取运行 …</translation>
    </message>
    <message>
        <source>Try a&amp;gain</source>
        <translation>重试(&amp;G)</translation>
    </message>
    <message>
        <source>Parts of the comparison</source>
        <translation>比较的各部分</translation>
    </message>
    <message>
        <source>S&amp;cores</source>
        <translation>得分(&amp;C)</translation>
    </message>
    <message>
        <source>C&amp;urves</source>
        <translation>曲线(&amp;U)</translation>
    </message>
    <message>
        <source>Ans&amp;wers</source>
        <translation>回答(&amp;W)</translation>
    </message>
    <message>
        <source>None of these runs has a score. Choose tasks to measure under “Scores” of an experiment.</source>
        <translation>这些运行都没有得分。请在实验的“得分”下选择要测量的任务。</translation>
    </message>
    <message numerus="yes">
        <source>The first %1 of %n chosen run(s) are compared; more do not fit.</source>
        <translation>
            <numerusform>所选 %n 次运行中只比较前 %1 次；更多放不下。</numerusform>
        </translation>
    </message>
    <message>
        <source>No longer in the history, and left out: %1</source>
        <translation>已不在历史中，因此略去：%1</translation>
    </message>
    <message>
        <source>Choose runs to compare first.</source>
        <translation>请先选择要比较的运行。</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Sett&amp;ings</source>
        <translation>设置(&amp;I)</translation>
    </message>
    <message>
        <source>Mas&amp;ks</source>
        <translation>掩码(&amp;K)</translation>
    </message>
    <message>
        <source>The report is being written …</source>
        <translation>正在写报告…</translation>
    </message>
    <message>
        <source>Scores, settings, answers, curves and masks as one page (HTML) or on paper (PDF), or the scores as a table (CSV, LaTeX)</source>
        <translation>分数、设置、回答、曲线和掩码写成一个页面（HTML）或打印版（PDF），或把分数写成表格（CSV、LaTeX）</translation>
    </message>
    <message>
        <source>Report (*.html);;Report on paper (*.pdf);;Scores as a table (*.csv);;Scores for LaTeX (*.tex)</source>
        <translation>报告 (*.html);;打印版报告 (*.pdf);;分数表格 (*.csv);;LaTeX 分数表 (*.tex)</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
</context>
<context>
    <name>lori::ui::CompareStart</name>
    <message>
        <source>%1, %2</source>
        <comment>name and time</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Choose two runs</source>
        <translation>选择两次运行</translation>
    </message>
    <message>
        <source>Scores, settings, curves and answers of up to twelve runs beside each other. No run is finished yet.</source>
        <translation>并列显示最多十二次运行的得分、设置、曲线和回答。还没有完成的运行。</translation>
    </message>
    <message>
        <source>Scores, settings, curves and answers of up to twelve runs beside each other. One run alone is compared with its model before training.</source>
        <translation>并列显示最多十二次运行的得分、设置、曲线和回答。单独一次运行会与训练前的模型比较。</translation>
    </message>
    <message>
        <source>Set up an experiment</source>
        <translation>设置实验</translation>
    </message>
    <message>
        <source>Choose in the history …</source>
        <translation>在历史中选择 …</translation>
    </message>
    <message>
        <source>Compare the last two</source>
        <translation>比较最近两次</translation>
    </message>
    <message>
        <source>Compare before and after training</source>
        <translation>比较训练前后</translation>
    </message>
</context>
<context>
    <name>lori::ui::CompareView</name>
    <message>
        <source>All pairs of the ticked masks</source>
        <translation>所勾选掩码的全部两两组合</translation>
    </message>
    <message>
        <source>What the map shows</source>
        <translation>图中显示什么</translation>
    </message>
    <message>
        <source>Map of overlaps: layers by projections</source>
        <translation>重叠图：层 × 投影</translation>
    </message>
    <message>
        <source>Table of overlaps by module</source>
        <translation>各模块的重叠表</translation>
    </message>
</context>
<context>
    <name>lori::ui::CompareWords</name>
    <message>
        <source>right answers of all parts together</source>
        <translation>所有部分合计的正确回答</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>task and what was measured</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>%1, better</source>
        <comment>points</comment>
        <translation>%1，更好</translation>
    </message>
    <message>
        <source>%1, worse</source>
        <comment>points</comment>
        <translation>%1，更差</translation>
    </message>
    <message>
        <source>no clear difference</source>
        <translation>无明显差异</translation>
    </message>
    <message>
        <source>%1 points; a difference is clear when the two intervals do not overlap.</source>
        <translation>%1 个百分点；两个区间不重叠时差异才算明显。</translation>
    </message>
    <message>
        <source>The rows were not compared: %1</source>
        <translation>没有逐行比较：%1</translation>
    </message>
    <message>
        <source>%1 points [%2 – %3] on %4 common rows, p = %5 (McNemar&apos;s test); clear when p is below 0.05.</source>
        <translation>在 %4 个共同行上为 %1 个百分点 [%2 – %3]，p = %5（McNemar 检验）；p 小于 0.05 才算明显。</translation>
    </message>
    <message>
        <source>%1 right → wrong, %2 wrong → right</source>
        <translation>%1 个正确 → 错误，%2 个错误 → 正确</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Trained tokens per step</source>
        <translation>每步训练的词元数</translation>
    </message>
    <message>
        <source>Rows per step</source>
        <translation>每步行数</translation>
    </message>
    <message>
        <source>Memory in bytes</source>
        <translation>内存（字节）</translation>
    </message>
    <message>
        <source>GPU memory in bytes</source>
        <translation>显存（字节）</translation>
    </message>
    <message>
        <source>Training loss per token</source>
        <translation>训练损失（每词元）</translation>
    </message>
    <message>
        <source>Held-out loss per token</source>
        <translation>留出损失（每词元）</translation>
    </message>
    <message>
        <source>Training loss as trained</source>
        <translation>训练时所用的训练损失</translation>
    </message>
    <message>
        <source>Held-out loss as trained</source>
        <translation>训练时所用的留出损失</translation>
    </message>
</context>
<context>
    <name>lori::ui::ComparisonWords</name>
    <message>
        <source>%1, %2</source>
        <comment>name and time</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>%1 before training</source>
        <translation>%1（训练前）</translation>
    </message>
</context>
<context>
    <name>lori::ui::CourseView</name>
    <message>
        <source>Looking for runs …</source>
        <translation>正在查找运行 …</translation>
    </message>
    <message>
        <source>No run has kept its mask on the way yet. Set “Masks on the way” in the evaluation settings of an experiment with LoRI-D and a mask; the presets Quick look and Paper LoRI-S 90 % have it.</source>
        <translation>还没有运行在途中保留过掩码。请在含有 LoRI-D 和掩码的实验的评估设置中填写“途中的掩码”；预设“快速体验”和“论文 LoRI-S 90 %”已启用。</translation>
    </message>
    <message>
        <source>Set up an experiment</source>
        <translation>设置实验</translation>
    </message>
    <message>
        <source>Reading the masks …</source>
        <translation>正在读取掩码 …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reading was cancelled.</source>
        <translation>读取已取消。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>by chance</source>
        <translation>随机情况</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>the end</source>
        <translation>最后</translation>
    </message>
    <message>
        <source>R&amp;un:</source>
        <translation>运行(&amp;U)：</translation>
    </message>
    <message>
        <source>Run whose mask is followed</source>
        <translation>要跟踪其掩码的运行</translation>
    </message>
    <message>
        <source>No mask was kept on the way yet</source>
        <translation>途中还没有保留过掩码</translation>
    </message>
    <message>
        <source>How the mask came to be</source>
        <translation>掩码如何形成</translation>
    </message>
    <message>
        <source>Share of the final mask that was there already</source>
        <translation>最终掩码中当时已有的比例</translation>
    </message>
    <message>
        <source>Step of LoRI-D</source>
        <translation>LoRI-D 的步</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>比例</translation>
    </message>
    <message>
        <source>One moment alone has nothing to be compared with yet.</source>
        <translation>只有一个时刻，还没有可比较的。</translation>
    </message>
    <message>
        <source>M&amp;oment:</source>
        <translation>时刻(&amp;O)：</translation>
    </message>
    <message>
        <source>Moment of training that is shown</source>
        <translation>所显示的训练时刻</translation>
    </message>
    <message>
        <source>Map of what was there already: layers by projections</source>
        <translation>当时已有部分的总图：层 × 投影</translation>
    </message>
    <message>
        <source>Table of what was there already, by module</source>
        <translation>当时已有部分的表格，按模块</translation>
    </message>
</context>
<context>
    <name>lori::ui::CourseWords</name>
    <message>
        <source>One moment alone has nothing to be compared with yet.</source>
        <translation>只有一个时刻，还没有可比较的。</translation>
    </message>
    <message>
        <source>LoRI-D is still being trained: what is kept is compared with the newest moment, step %1.</source>
        <translation>LoRI-D 仍在训练：与最新的时刻（第 %1 步）作比较。</translation>
    </message>
    <message>
        <source>Up to the last moment the mask changed: less than %1 of its entries were there before the end.</source>
        <translation>掩码直到最后一个时刻仍在变化：结束之前已有的条目少于 %1。</translation>
    </message>
    <message>
        <source>From step %1 of %2 on, at least %3 of the final mask&apos;s entries are in the mask: calibrating there would have given nearly the same one.</source>
        <translation>从第 %1 步（共 %2 步）起，掩码中至少有最终掩码条目的 %3：在那里校准会得到几乎相同的掩码。</translation>
    </message>
    <message>
        <source>At step %1: %2 (by chance %3).</source>
        <translation>第 %1 步：%2（随机情况为 %3）。</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>whole model</source>
        <translation>整个模型</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>注意力</translation>
    </message>
    <message>
        <source>MLP</source>
        <translation>MLP</translation>
    </message>
    <message>
        <source>Of the final mask</source>
        <translation>占最终掩码</translation>
    </message>
    <message>
        <source>whole model: %1 (bar)</source>
        <translation>整个模型：%1（竖线）</translation>
    </message>
    <message>
        <source>layer %1 · %2: %3 of the %4 entries of the final mask were kept then (%5); %6 others were, too</source>
        <translation>第 %1 层 · %2：最终掩码的 %4 个条目中，当时保留了 %3 个（%5）；另外还保留了 %6 个</translation>
    </message>
</context>
<context>
    <name>lori::ui::CurveWords</name>
    <message>
        <source>Step over all stages</source>
        <translation>所有阶段的步数</translation>
    </message>
</context>
<context>
    <name>lori::ui::CurvesTab</name>
    <message>
        <source>What the curves show</source>
        <translation>曲线显示什么</translation>
    </message>
    <message>
        <source>None of these runs has measured anything yet.</source>
        <translation>这些运行还没有测量任何量。</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>None of the runs has measured this.</source>
        <translation>没有运行测量过此项。</translation>
    </message>
    <message>
        <source>Step over all stages</source>
        <translation>所有阶段的步数</translation>
    </message>
</context>
<context>
    <name>lori::ui::DataCheck</name>
    <message>
        <source>%1 is being read</source>
        <translation>正在读取 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) of %1 cannot be used: %2. Correct them in the file.</source>
        <translation>
            <numerusform>%1 中有 %n 行不能使用：%2。请在文件中改正。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 holds no rows</source>
        <translation>%1 中没有数据行</translation>
    </message>
    <message numerus="yes">
        <source>%1 has only %n row(s): the model will learn them by heart, and nothing can be measured on them.</source>
        <translation>
            <numerusform>%1 只有 %n 行：模型会把它们背下来，也无法用来衡量。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>About %n row(s) of %1 are held out: too few to judge by.</source>
        <translation>
            <numerusform>%1 中约有 %n 行留作检验：太少，不足以判断。</numerusform>
        </translation>
    </message>
    <message>
        <source>line %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>record %1</source>
        <translation>第 %1 条</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>第 %1 行</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>place in a file: what is wrong</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, %2: %3</source>
        <comment>place, field: what is wrong</comment>
        <translation>%1，%2：%3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>file: what to know about it</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>turns in several parts are joined by line feeds, as servers do</source>
        <translation>由多个部分组成的轮次用换行连接，与服务端的做法相同</translation>
    </message>
    <message>
        <source>the turn of role “developer” is used as the system turn</source>
        <translation>角色为“developer”的轮次用作系统轮次</translation>
    </message>
    <message>
        <source>there is a system turn and another system text in a column; the turn is used</source>
        <translation>既有系统轮次，又有一列系统文本；使用的是轮次</translation>
    </message>
    <message>
        <source>the first turn is an answer without a question and is left out</source>
        <translation>第一轮是没有问题的回答，已略去</translation>
    </message>
    <message>
        <source>the last turn is a question without an answer and is left out</source>
        <translation>最后一轮是没有回答的问题，已略去</translation>
    </message>
    <message>
        <source>some rows begin with a system turn</source>
        <translation>有些行以系统轮次开头</translation>
    </message>
    <message>
        <source>some rows have several turns</source>
        <translation>有些行包含多轮对话</translation>
    </message>
    <message>
        <source>the file holds columns, not rows; they were put together by position</source>
        <translation>文件按列保存而不是按行；已按位置合并成行</translation>
    </message>
    <message>
        <source>the objects stand over several lines; they were read one after another</source>
        <translation>对象跨越多行；已逐个读取</translation>
    </message>
    <message>
        <source>the file is one JSON list although its ending is .jsonl; it was read as a list</source>
        <translation>文件扩展名是 .jsonl，但内容是一个 JSON 列表；已按列表读取</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s): %1</source>
        <translation>
            <numerusform>%n 行：%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::DataFactsCard</name>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>about %n held out (%1)</source>
        <translation>
            <numerusform>约留出 %n 行（%1）</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are there more than once.</source>
        <translation>
            <numerusform>%n 行重复出现。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) are also asked when %1 is measured: its score will look too good.</source>
        <translation>
            <numerusform>%n 个问题在测量“%1”时也会被问到：其分数会显得过高。</numerusform>
        </translation>
    </message>
    <message>
        <source>no question of the starter tasks’ tests is among them</source>
        <translation>其中没有入门任务测试中的问题</translation>
    </message>
    <message>
        <source>a folder of tables</source>
        <translation>一个表格文件夹</translation>
    </message>
    <message>
        <source>SHA-256 %1 …</source>
        <translation>SHA-256 %1 …</translation>
    </message>
    <message>
        <source>Facts of the data</source>
        <translation>数据概况</translation>
    </message>
</context>
<context>
    <name>lori::ui::DataGet</name>
    <message>
        <source>The download ended before all was there; get it again: it goes on where it was.</source>
        <translation>下载在全部完成之前结束；请再次获取：会从中断处继续。</translation>
    </message>
</context>
<context>
    <name>lori::ui::DataGetDialog</name>
    <message>
        <source>Get %1</source>
        <translation>获取 %1</translation>
    </message>
    <message>
        <source>Licence: %1</source>
        <translation>许可证：%1</translation>
    </message>
    <message>
        <source>of unknown size</source>
        <translation>大小未知</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), %1; checked by their hashes.</source>
        <translation>
            <numerusform>%n 个文件，%1；通过哈希校验。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), %1; no hash is known for all of them, so they cannot be verified.</source>
        <translation>
            <numerusform>%n 个文件，%1；并非都有已知的哈希，因此无法校验。</numerusform>
        </translation>
    </message>
    <message>
        <source>From</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>The host, or a mirror that has the same paths</source>
        <translation>主机，或路径相同的镜像</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>来源(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Get</source>
        <translation>获取(&amp;G)</translation>
    </message>
    <message>
        <source>Nothing is fetched before you press Get.</source>
        <translation>在按下“获取”之前不会下载任何内容。</translation>
    </message>
    <message>
        <source>An address begins with https:// and names a host.</source>
        <translation>地址以 https:// 开头并包含主机名。</translation>
    </message>
</context>
<context>
    <name>lori::ui::DataImport</name>
    <message>
        <source>The import ended before its file was written; start it again.</source>
        <translation>导入在写出文件之前结束了；请重新开始。</translation>
    </message>
</context>
<context>
    <name>lori::ui::DataLengths</name>
    <message>
        <source>Stop counting</source>
        <translation>停止计数</translation>
    </message>
    <message>
        <source>Count the lengths</source>
        <translation>统计长度</translation>
    </message>
    <message>
        <source>Counting the tokens of every row …</source>
        <translation>正在统计每一行的词元数 …</translation>
    </message>
    <message>
        <source>The model’s tokenizer cannot be read</source>
        <translation>无法读取模型的分词器</translation>
    </message>
    <message>
        <source>The lengths are not counted yet</source>
        <translation>尚未统计长度</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n row(s) will be cut (%2)</source>
        <translation>
            <numerusform>%n 行中有 %1 行会被截断（%2）</numerusform>
        </translation>
    </message>
    <message>
        <source>Tokens of %1: half of the rows have up to %2, nine in ten up to %3, the longest %4.</source>
        <translation>以 %1 的词元计：一半的行不超过 %2，九成不超过 %3，最长 %4。</translation>
    </message>
    <message>
        <source>The experiment is set to %1.</source>
        <translation>实验设为 %1。</translation>
    </message>
    <message numerus="yes">
        <source>The model’s template does not take %n row(s).</source>
        <translation>
            <numerusform>模型的模板不接受其中 %n 行。</numerusform>
        </translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>%1–%2</source>
        <comment>a range of lengths</comment>
        <translation>%1–%2</translation>
    </message>
    <message>
        <source>cut at %1</source>
        <translation>在 %1 处截断</translation>
    </message>
    <message>
        <source>Row &amp;length</source>
        <translation>行长度(&amp;L)</translation>
    </message>
    <message>
        <source>Row length to try, in tokens</source>
        <translation>试用的行长度（词元）</translation>
    </message>
    <message>
        <source>In tokens, 1 to 1,000,000; tried here only, the experiment keeps its own</source>
        <translation>以词元计，1 到 1,000,000；仅在此试用，实验保留自己的设置</translation>
    </message>
    <message>
        <source>Tokens in a row</source>
        <translation>每行的词元数</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Rows counted</source>
        <translation>已统计的行</translation>
    </message>
    <message>
        <source>Use this le&amp;ngth</source>
        <translation>使用此长度(&amp;N)</translation>
    </message>
    <message>
        <source>Use this length</source>
        <translation>使用此长度</translation>
    </message>
    <message>
        <source>Opens the experiment with this row length</source>
        <translation>以此行长打开实验</translation>
    </message>
    <message>
        <source>Drag the cut, or move it with Alt+Left and Alt+Right</source>
        <translation>拖动截断线，或用 Alt+左、Alt+右移动</translation>
    </message>
</context>
<context>
    <name>lori::ui::DataList</name>
    <message>
        <source>%1 has no rows to learn, only rows to measure</source>
        <translation>%1 没有可学习的行，只有用于测量的行</translation>
    </message>
    <message>
        <source>My files</source>
        <translation>我的文件</translation>
    </message>
    <message>
        <source>%1 is not there any more</source>
        <translation>%1 已不存在</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>暂无</translation>
    </message>
    <message>
        <source>Starter tasks</source>
        <translation>入门任务</translation>
    </message>
    <message>
        <source>Published sets</source>
        <translation>已发布的数据集</translation>
    </message>
    <message>
        <source>%1, not there</source>
        <translation>%1，文件不在</translation>
    </message>
    <message>
        <source>Data: own files, starter tasks and published sets</source>
        <translation>数据：自己的文件、入门任务和已发布的数据集</translation>
    </message>
</context>
<context>
    <name>lori::ui::DataPage</name>
    <message numerus="yes">
        <source>%n row(s) were written to %1.</source>
        <translation>
            <numerusform>%n 行已写入 %1。</numerusform>
        </translation>
    </message>
    <message>
        <source>Problems (%1)</source>
        <translation>问题（%1）</translation>
    </message>
    <message>
        <source>With the model of the experiment that is being set up, %1, and rows of at most %2 tokens.</source>
        <translation>使用正在设置的实验的模型 %1，每行最多 %2 个词元。</translation>
    </message>
    <message>
        <source>The columns of a task are fixed.</source>
        <translation>任务的列是固定的。</translation>
    </message>
    <message>
        <source>Choose a file, a starter task or a published set.</source>
        <translation>请选择文件、入门任务或已发布的数据集。</translation>
    </message>
    <message>
        <source>%1 cannot be read.</source>
        <translation>无法读取 %1。</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>正在读取 %1 …</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cannot be used: correct them, or leave them out under Problems.</source>
        <translation>
            <numerusform>%n 行无法使用：请改正，或在“问题”中排除它们。</numerusform>
        </translation>
    </message>
    <message>
        <source>Trains on these rows in the experiment that is being set up</source>
        <translation>在正在设置的实验中用这些行训练</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Choose a data file</source>
        <translation>选择数据文件</translation>
    </message>
    <message>
        <source>Data (*.csv *.tsv *.json *.jsonl *.ndjson *.gz *.parquet *.arrow);;All files (*)</source>
        <translation>数据 (*.csv *.tsv *.json *.jsonl *.ndjson *.gz *.parquet *.arrow);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Make a sample file</source>
        <translation>生成示例文件</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>What is the capital of France?</source>
        <translation>法国的首都是哪里？</translation>
    </message>
    <message>
        <source>Paris.</source>
        <translation>巴黎。</translation>
    </message>
    <message>
        <source>What is the capital of Peru?</source>
        <translation>秘鲁的首都是哪里？</translation>
    </message>
    <message>
        <source>Lima.</source>
        <translation>利马。</translation>
    </message>
    <message>
        <source>Say thank you in one word.</source>
        <translation>用一个词道谢。</translation>
    </message>
    <message>
        <source>Thanks!</source>
        <translation>谢谢！</translation>
    </message>
    <message>
        <source>%1 was written: fill it in with a spreadsheet program, one question and answer a row.</source>
        <translation>已写出 %1：请用电子表格程序填写，每行一个问题和回答。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>&amp;Make a sample file …</source>
        <translation>生成示例文件(&amp;M) …</translation>
    </message>
    <message>
        <source>A small table to fill in with questions and answers</source>
        <translation>一个可填写问题和回答的小表格</translation>
    </message>
    <message>
        <source>Choose &amp;another file …</source>
        <translation>选择其他文件(&amp;A) …</translation>
    </message>
    <message>
        <source>Choose another data file</source>
        <translation>选择其他数据文件</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Drop a CSV, JSON or JSONL file here&lt;/h3&gt;&lt;p&gt;One row is one question and its answer:&lt;/p&gt;&lt;table border=&apos;1&apos; cellspacing=&apos;0&apos; cellpadding=&apos;4&apos; align=&apos;center&apos;&gt;&lt;tr&gt;&lt;th&gt;instruction&lt;/th&gt;&lt;th&gt;output&lt;/th&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;Capital of France?&lt;/td&gt;&lt;td&gt;Paris.&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;Capital of Peru?&lt;/td&gt;&lt;td&gt;Lima.&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;&lt;p&gt;Or choose a starter task in the list.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;将 CSV、JSON 或 JSONL 文件拖放到此处&lt;/h3&gt;&lt;p&gt;每一行是一个问题及其回答：&lt;/p&gt;&lt;table border=&apos;1&apos; cellspacing=&apos;0&apos; cellpadding=&apos;4&apos; align=&apos;center&apos;&gt;&lt;tr&gt;&lt;th&gt;instruction&lt;/th&gt;&lt;th&gt;output&lt;/th&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;法国的首都？&lt;/td&gt;&lt;td&gt;巴黎。&lt;/td&gt;&lt;/tr&gt;&lt;tr&gt;&lt;td&gt;秘鲁的首都？&lt;/td&gt;&lt;td&gt;利马。&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;&lt;p&gt;或在列表中选择一个入门任务。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>As the model sees it</source>
        <translation>模型所见</translation>
    </message>
    <message>
        <source>Lengths</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Views of the data</source>
        <translation>数据视图</translation>
    </message>
    <message>
        <source>&amp;Use in experiment</source>
        <translation>用于实验(&amp;U)</translation>
    </message>
    <message>
        <source>Use in experiment</source>
        <translation>用于实验</translation>
    </message>
    <message>
        <source>What is happening with the data</source>
        <translation>数据的状态</translation>
    </message>
    <message>
        <source>&amp;Choose file …</source>
        <translation>选择文件(&amp;C) …</translation>
    </message>
    <message>
        <source>Trains on these rows and on those that the experiment has already, mixed; its advanced form limits the rows of each</source>
        <translation>将这些行与实验已有的数据混合训练；高级表单可以限制每个来源的行数</translation>
    </message>
    <message>
        <source>The download was stopped; what came is kept.</source>
        <translation>下载已停止；已下载的部分会保留。</translation>
    </message>
    <message>
        <source>%1 is there.</source>
        <translation>%1 已就绪。</translation>
    </message>
    <message>
        <source>S&amp;top</source>
        <translation>停止(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Get …</source>
        <translation>获取(&amp;G)…</translation>
    </message>
    <message>
        <source>What came is kept, and goes on from there next time</source>
        <translation>已下载的部分会保留，下次从那里继续</translation>
    </message>
    <message>
        <source>Another set is being fetched</source>
        <translation>正在获取另一个数据集</translation>
    </message>
    <message>
        <source>Shows what it is and from where it would come, before anything is fetched</source>
        <translation>在获取之前显示它是什么、来自哪里</translation>
    </message>
    <message>
        <source>Fetching %1 …</source>
        <translation>正在获取 %1…</translation>
    </message>
    <message>
        <source>Fetching %1: %2</source>
        <translation>正在获取 %1：%2</translation>
    </message>
    <message>
        <source>Use &amp;besides the others</source>
        <translation>与其他数据一起使用(&amp;B)</translation>
    </message>
    <message>
        <source>Use besides the data that the experiment has</source>
        <translation>与实验已有的数据一起使用</translation>
    </message>
</context>
<context>
    <name>lori::ui::DataProblems</name>
    <message>
        <source>Cancelled; nothing was written.</source>
        <translation>已取消；没有写入任何内容。</translation>
    </message>
    <message>
        <source>Every row can be used.</source>
        <translation>每一行都可以使用。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) cannot be used. Correct them in the file, or leave them out.</source>
        <translation>
            <numerusform>%n 行无法使用。请在文件中改正，或排除它们。</numerusform>
        </translation>
    </message>
    <message>
        <source>The first %1 are listed; the saved file holds all.</source>
        <translation>仅列出前 %1 行；保存的文件包含全部。</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) are there more than once.</source>
        <translation>
            <numerusform>%n 行重复出现。</numerusform>
        </translation>
    </message>
    <message>
        <source>The rows are being written</source>
        <translation>正在写入各行</translation>
    </message>
    <message>
        <source>Writes the other rows as a new file and opens it</source>
        <translation>将其余的行写成新文件并打开</translation>
    </message>
    <message>
        <source>Save the rows that cannot be used</source>
        <translation>保存无法使用的行</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>已保存为 %1。</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Rows that cannot be used</source>
        <translation>无法使用的行</translation>
    </message>
    <message>
        <source>&amp;Leave these rows out</source>
        <translation>排除这些行(&amp;L)</translation>
    </message>
    <message>
        <source>Leave these rows out</source>
        <translation>排除这些行</translation>
    </message>
    <message>
        <source>&amp;Save them as CSV …</source>
        <translation>另存为 CSV(&amp;S) …</translation>
    </message>
    <message>
        <source>Save the rows that cannot be used as CSV</source>
        <translation>将无法使用的行保存为 CSV</translation>
    </message>
    <message>
        <source>Line, field, why and text of each</source>
        <translation>每行的行号、字段、原因和文本</translation>
    </message>
    <message>
        <source>Writing the other rows</source>
        <translation>正在写入其余的行</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel writing the rows</source>
        <translation>取消写入</translation>
    </message>
    <message>
        <source>No row was looked at yet: the file cannot be used as it is.</source>
        <translation>尚未检查任何行:该文件目前还不能使用。</translation>
    </message>
</context>
<context>
    <name>lori::ui::DataRows</name>
    <message>
        <source>Looking …</source>
        <translation>正在查找 …</translation>
    </message>
    <message>
        <source>The file cannot be read any more.</source>
        <translation>文件已无法读取。</translation>
    </message>
    <message>
        <source>Nothing found from here to the end.</source>
        <translation>从此处到末尾没有找到。</translation>
    </message>
    <message>
        <source>Rows %1 to %2%3</source>
        <comment>numbers of the first and last row, and whether there are more</comment>
        <translation>第 %1 到 %2 行%3</translation>
    </message>
    <message>
        <source>, and more: jump or search shows them</source>
        <translation>，还有更多：跳转或搜索可查看</translation>
    </message>
    <message>
        <source>Bold: proposed from the columns’ names. Change it above a column.</source>
        <translation>粗体：根据列名建议。可在列上方更改。</translation>
    </message>
    <message>
        <source>What you chose for the columns is used.</source>
        <translation>使用您为各列选择的用途。</translation>
    </message>
    <message>
        <source>Jump to a row</source>
        <translation>跳转到某行</translation>
    </message>
    <message>
        <source>Type a row’s number and press Enter</source>
        <translation>输入行号并按 Enter</translation>
    </message>
    <message>
        <source>Search all rows</source>
        <translation>搜索所有行</translation>
    </message>
    <message>
        <source>Next row with this text</source>
        <translation>含此文本的下一行</translation>
    </message>
    <message>
        <source>Rows of the data</source>
        <translation>数据的行</translation>
    </message>
    <message>
        <source>R&amp;ow</source>
        <translation>行(&amp;O)</translation>
    </message>
</context>
<context>
    <name>lori::ui::EntryPicture</name>
    <message>
        <source>output %1, rank %2: %3</source>
        <translation>输出 %1，秩 %2：%3</translation>
    </message>
    <message>
        <source>output 0</source>
        <translation>输出 0</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>秩</translation>
    </message>
</context>
<context>
    <name>lori::ui::ErrorText</name>
    <message>
        <source>must be between %1 and %2, is %3</source>
        <translation>必须在 %1 和 %2 之间，现为 %3</translation>
    </message>
    <message>
        <source>must be a number above 0, is %1</source>
        <translation>必须是大于 0 的数，现为 %1</translation>
    </message>
    <message>
        <source>must be above 0 and at most 10,000, is %1</source>
        <translation>必须大于 0 且不超过 10,000，现为 %1</translation>
    </message>
    <message>
        <source>must not exceed the rows per step (%1), is %2</source>
        <translation>不得超过每步行数（%1），现为 %2</translation>
    </message>
    <message>
        <source>must be below the longest row (%1), is %2</source>
        <translation>必须小于最长行（%1），现为 %2</translation>
    </message>
    <message>
        <source>must be at least 0 and below 1, is %1</source>
        <translation>必须至少为 0 且小于 1，现为 %1</translation>
    </message>
    <message>
        <source>must be 0 (all rows) or more, is %1</source>
        <translation>必须为 0（全部行）或更大，现为 %1</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>is too long</source>
        <translation>太长</translation>
    </message>
    <message>
        <source>no projection is chosen</source>
        <translation>没有选择任何投影</translation>
    </message>
    <message>
        <source>“%1” is named twice</source>
        <translation>“%1”出现了两次</translation>
    </message>
    <message>
        <source>“%1” is not among the projections of IA3</source>
        <translation>“%1”不在 IA3 的投影之中</translation>
    </message>
    <message>
        <source>there is nothing to train on</source>
        <translation>没有可训练的数据</translation>
    </message>
    <message>
        <source>choose a starter task or a file of your own</source>
        <translation>请选择一个入门任务或您自己的文件</translation>
    </message>
    <message>
        <source>has a starter task and a file; only one of them is possible</source>
        <translation>既有入门任务又有文件；只能选其一</translation>
    </message>
    <message>
        <source>“%1” is no task</source>
        <translation>没有“%1”这个任务</translation>
    </message>
    <message>
        <source>a messages column excludes the other columns</source>
        <translation>消息列与其他列不能同时使用</translation>
    </message>
    <message>
        <source>columns are only for your own file; leave them empty</source>
        <translation>列名只用于您自己的文件；请留空</translation>
    </message>
    <message>
        <source>there are no stages</source>
        <translation>没有任何阶段</translation>
    </message>
    <message>
        <source>must name a stage before this one, is %1; stages are counted from 0</source>
        <translation>必须指定此阶段之前的阶段，现为 %1；阶段从 0 开始计数</translation>
    </message>
    <message>
        <source>stage %1 is %2, and this method cannot start from its adapter</source>
        <translation>阶段 %1 是 %2，此方法不能从它的适配器开始</translation>
    </message>
    <message>
        <source>stage %1 is %2, not a mask</source>
        <translation>阶段 %1 是 %2，不是掩码</translation>
    </message>
    <message>
        <source>starts from a stage and from a folder; only one of them is possible</source>
        <translation>既从某个阶段又从某个文件夹开始；只能选其一</translation>
    </message>
    <message>
        <source>there is no adapter to go on from: name a stage or a folder</source>
        <translation>没有可接着训练的适配器：请指定阶段或文件夹</translation>
    </message>
    <message>
        <source>a mask needs a trained adapter: put a LoRI-D stage before it, or name an adapter</source>
        <translation>掩码需要训练好的适配器：请在它之前加入 LoRI-D 阶段，或指定一个适配器</translation>
    </message>
    <message>
        <source>%1 needs a mask: put a mask stage before it, or name a mask file</source>
        <translation>%1 需要掩码：请在它之前加入掩码阶段，或指定掩码文件</translation>
    </message>
    <message>
        <source>“%1” is not scored in this run</source>
        <translation>本次运行不对“%1”评分</translation>
    </message>
    <message>
        <source>“%1” is never scored twice, so no fall can be seen</source>
        <translation>“%1”不会被评分两次，因此看不出下降</translation>
    </message>
    <message>
        <source>is 0, so nothing watches for the fall while training: give the steps between two checks, or no floor</source>
        <translation>为 0，训练时没有检查能发现下降：请给出两次检查之间的步数，或不设下限</translation>
    </message>
    <message>
        <source>must be on or off, is %1</source>
        <translation>必须为开或关，现为 %1</translation>
    </message>
    <message>
        <source>must be a whole number, is %1</source>
        <translation>必须是整数，现为 %1</translation>
    </message>
    <message>
        <source>must be at most 9,223,372,036,854,775,807, is %1</source>
        <translation>不得超过 9,223,372,036,854,775,807，现为 %1</translation>
    </message>
    <message>
        <source>must be 0 or more, is %1</source>
        <translation>必须为 0 或更大，现为 %1</translation>
    </message>
    <message>
        <source>must be a number, is %1</source>
        <translation>必须是数字，现为 %1</translation>
    </message>
    <message>
        <source>must be text, is %1</source>
        <translation>必须是文字，现为 %1</translation>
    </message>
    <message>
        <source>must be a list, is %1</source>
        <translation>必须是列表，现为 %1</translation>
    </message>
    <message>
        <source>must be an object {…}, is %1</source>
        <translation>必须是对象 {…}，现为 %1</translation>
    </message>
    <message>
        <source>must be one of %2, is %1</source>
        <translation>必须是 %2 之一，现为 %1</translation>
    </message>
    <message>
        <source>must be 1 or more, is %1</source>
        <translation>必须为 1 或更大，现为 %1</translation>
    </message>
    <message>
        <source>there is no such field; known here: %1</source>
        <translation>没有这个字段；此处已知：%1</translation>
    </message>
    <message>
        <source>there is no such model</source>
        <translation>没有这样的模型</translation>
    </message>
    <message>
        <source>check the path, or see the list of models</source>
        <translation>请检查路径，或查看模型列表</translation>
    </message>
    <message>
        <source>the folder has no config.json</source>
        <translation>文件夹中没有 config.json</translation>
    </message>
    <message>
        <source>choose the model&apos;s folder or a GGUF file</source>
        <translation>请选择模型的文件夹或 GGUF 文件</translation>
    </message>
    <message>
        <source>the weights are a pickle (pytorch_model.bin)</source>
        <translation>权重是 pickle 文件（pytorch_model.bin）</translation>
    </message>
    <message>
        <source>convert them to safetensors</source>
        <translation>请转换为 safetensors</translation>
    </message>
    <message>
        <source>the folder has no model.safetensors</source>
        <translation>文件夹中没有 model.safetensors</translation>
    </message>
    <message>
        <source>choose the model&apos;s folder</source>
        <translation>请选择模型的文件夹</translation>
    </message>
    <message>
        <source>the folder has &apos;%1&apos;, but no model.safetensors and no model.safetensors.index.json</source>
        <translation>文件夹中有“%1”，但没有 model.safetensors，也没有 model.safetensors.index.json</translation>
    </message>
    <message>
        <source>download the index, or the weights in Hugging Face&apos;s layout</source>
        <translation>请下载索引文件，或 Hugging Face 布局的权重</translation>
    </message>
    <message>
        <source>the architecture &apos;%1&apos; is not supported (%2 are)</source>
        <translation>不支持架构“%1”（支持：%2）</translation>
    </message>
    <message>
        <source>choose another model</source>
        <translation>请选择另一个模型</translation>
    </message>
    <message>
        <source>the architecture &apos;%1&apos; is not supported: it has %2</source>
        <translation>不支持架构“%1”：它含有 %2</translation>
    </message>
    <message>
        <source>the model is quantized (%1)</source>
        <translation>模型已量化（%1）</translation>
    </message>
    <message>
        <source>choose its unquantized weights, or a GGUF file of it</source>
        <translation>请选择未量化的权重，或其 GGUF 文件</translation>
    </message>
    <message>
        <source>the tensor &apos;%1&apos; is missing</source>
        <translation>缺少张量“%1”</translation>
    </message>
    <message>
        <source>the file is not complete: save or download the model again</source>
        <translation>文件不完整：请重新保存或下载模型</translation>
    </message>
    <message>
        <source>if the head is the embedding, set &apos;tie_word_embeddings&apos; to true in config.json</source>
        <translation>如果输出头就是嵌入矩阵，请在 config.json 中将“tie_word_embeddings”设为 true</translation>
    </message>
    <message>
        <source>there is no adapter here</source>
        <translation>这里没有适配器</translation>
    </message>
    <message>
        <source>choose an adapter&apos;s folder</source>
        <translation>请选择适配器的文件夹</translation>
    </message>
    <message>
        <source>this file is no adapter</source>
        <translation>此文件不是适配器</translation>
    </message>
    <message>
        <source>this adapter was trained on another base model (%1)</source>
        <translation>此适配器是在另一个基础模型（%1）上训练的</translation>
    </message>
    <message>
        <source>open it with the model it was trained on</source>
        <translation>请用训练它的模型打开</translation>
    </message>
    <message>
        <source>the file holds no rows</source>
        <translation>文件中没有任何行</translation>
    </message>
    <message>
        <source>choose a file with rows</source>
        <translation>请选择含有行的文件</translation>
    </message>
    <message>
        <source>none of the %1 rows can be used</source>
        <translation>%1 行都无法使用</translation>
    </message>
    <message>
        <source>the first problem: %2</source>
        <translation>第一个问题：%2</translation>
    </message>
    <message>
        <source>this is %1, not a file of rows</source>
        <translation>这是 %1，不是含有行的文件</translation>
    </message>
    <message>
        <source>there is no column &quot;%1&quot;</source>
        <translation>没有“%1”这一列</translation>
    </message>
    <message>
        <source>the columns are: %2</source>
        <translation>现有的列：%2</translation>
    </message>
    <message>
        <source>A file is damaged or of another kind</source>
        <translation>文件已损坏或类型不对</translation>
    </message>
    <message>
        <source>This kind is not supported</source>
        <translation>不支持这种类型</translation>
    </message>
    <message>
        <source>Another program is using it</source>
        <translation>另一个程序正在使用</translation>
    </message>
    <message>
        <source>It was made by a newer version of this program</source>
        <translation>由本程序的更新版本生成</translation>
    </message>
    <message>
        <source>Reading or writing failed</source>
        <translation>读取或写入失败</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>There is not enough memory</source>
        <translation>内存不足</translation>
    </message>
    <message>
        <source>The numbers ran away: the loss is no longer finite</source>
        <translation>数值失控：损失不再是有限值</translation>
    </message>
    <message>
        <source>Stopped; what was done is kept</source>
        <translation>已停止；已完成的部分已保留</translation>
    </message>
    <message>
        <source>Interrupted before anything could be kept</source>
        <translation>在能够保留任何内容之前被中断</translation>
    </message>
    <message>
        <source>A defect in this program</source>
        <translation>本程序的缺陷</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>this is no .lori file</source>
        <translation>这不是 .lori 文件</translation>
    </message>
    <message>
        <source>choose a file that was exported from a history</source>
        <translation>请选择从历史导出的文件</translation>
    </message>
    <message>
        <source>this is a zip file of another program</source>
        <translation>这是其他程序的 zip 文件</translation>
    </message>
    <message>
        <source>the file has version %1, and this program reads versions up to %2</source>
        <translation>该文件的版本是 %1，而本程序最高只能读取版本 %2</translation>
    </message>
    <message>
        <source>open it with a newer program</source>
        <translation>请用更新版本的程序打开</translation>
    </message>
    <message>
        <source>the file&apos;s list of contents cannot be read (%1)</source>
        <translation>无法读取文件的内容清单（%1）</translation>
    </message>
    <message>
        <source>ask for the file again</source>
        <translation>请让对方重新发送该文件</translation>
    </message>
    <message>
        <source>“%1” in the file is not what was packed</source>
        <translation>文件中的“%1”与打包时的内容不一致</translation>
    </message>
    <message>
        <source>“%1” is missing in the file</source>
        <translation>文件中缺少“%1”</translation>
    </message>
    <message>
        <source>the file holds “%1”, which its list of contents does not name</source>
        <translation>文件中含有内容清单没有列出的“%1”</translation>
    </message>
    <message>
        <source>do not trust this file</source>
        <translation>不要信任这个文件</translation>
    </message>
    <message>
        <source>the file holds “%1”, which no run or job brings along</source>
        <translation>文件中含有“%1”，任何运行或任务都不会带有它</translation>
    </message>
    <message>
        <source>“%1” in the file is a link or a device</source>
        <translation>文件中的“%1”是链接或设备</translation>
    </message>
    <message>
        <source>“%1” in the file is encrypted or packed in an unknown way</source>
        <translation>文件中的“%1”已加密，或以未知方式压缩</translation>
    </message>
    <message>
        <source>export it again with this program</source>
        <translation>请用本程序重新导出</translation>
    </message>
    <message>
        <source>the file would unpack to %1 MB, and at most %2 MB are read</source>
        <translation>该文件解压后有 %1 MB，最多只读取 %2 MB</translation>
    </message>
    <message>
        <source>export fewer runs at once, or without adapters</source>
        <translation>请一次少导出一些运行，或不带适配器导出</translation>
    </message>
    <message>
        <source>the file holds %1 files, and at most %2 are read</source>
        <translation>其中含有 %1 个文件，最多只读取 %2 个</translation>
    </message>
    <message>
        <source>export fewer runs at once</source>
        <translation>请一次少导出一些运行</translation>
    </message>
    <message>
        <source>%1 MB are needed, and %2 MB are free</source>
        <translation>需要 %1 MB，而可用空间是 %2 MB</translation>
    </message>
    <message>
        <source>make room on the disk</source>
        <translation>请在磁盘上腾出空间</translation>
    </message>
    <message>
        <source>“%1” is at work</source>
        <translation>“%1”正在进行</translation>
    </message>
    <message>
        <source>wait until it ends, or stop it</source>
        <translation>请等它结束，或将其停止</translation>
    </message>
    <message>
        <source>the folder of “%1” is gone</source>
        <translation>“%1”的文件夹已不存在</translation>
    </message>
    <message>
        <source>choose runs whose folders are still there</source>
        <translation>请选择文件夹仍然存在的运行</translation>
    </message>
    <message>
        <source>nothing was chosen</source>
        <translation>没有选择任何内容</translation>
    </message>
    <message>
        <source>choose at least one run</source>
        <translation>请至少选择一个运行</translation>
    </message>
    <message>
        <source>there is a file of this name already</source>
        <translation>已有同名文件</translation>
    </message>
    <message>
        <source>choose another name</source>
        <translation>请换一个名称</translation>
    </message>
    <message>
        <source>it was stopped before its end, and nothing was kept</source>
        <translation>在完成之前已停止，没有保留任何内容</translation>
    </message>
    <message>
        <source>begin again whenever you like</source>
        <translation>可以随时重新开始</translation>
    </message>
    <message>
        <source>This does not work</source>
        <translation>这样不行</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>找不到</translation>
    </message>
    <message>
        <source>These do not fit together</source>
        <translation>两者不相配</translation>
    </message>
    <message>
        <source>Already there</source>
        <translation>已经存在</translation>
    </message>
    <message>
        <source>the model &apos;%1&apos; is not there (any more)</source>
        <translation>模型“%1”不在那里（或已不在）</translation>
    </message>
    <message>
        <source>put it back, or tell where it is now: “Find it…” on the Models page</source>
        <translation>请把它放回原处，或告知它现在的位置：模型页上的“查找…”</translation>
    </message>
    <message>
        <source>the built-in model &apos;%1&apos; is not there</source>
        <translation>内置模型“%1”不在那里</translation>
    </message>
    <message>
        <source>this program came without it, or it was removed: install the program again, or choose another model</source>
        <translation>本程序未附带它，或它已被删除：请重新安装本程序，或选择另一个模型</translation>
    </message>
    <message>
        <source>“%1” is no model on the list, and no file or folder is there</source>
        <translation>列表中没有模型“%1”，也没有这样的文件或文件夹</translation>
    </message>
    <message>
        <source>the list has: %2</source>
        <translation>列表中有：%2</translation>
    </message>
    <message>
        <source>there is no such run</source>
        <translation>没有这样的运行</translation>
    </message>
    <message>
        <source>choose one on the History page</source>
        <translation>请在历史页上选择一个</translation>
    </message>
    <message>
        <source>this folder holds no run: its config.json is missing</source>
        <translation>这个文件夹里没有运行：缺少 config.json</translation>
    </message>
    <message>
        <source>choose the folder of a run</source>
        <translation>请选择某个运行的文件夹</translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentAdvancedForm</name>
    <message>
        <source>Changed; it was: %1</source>
        <translation>已更改；原值：%1</translation>
    </message>
    <message>
        <source>Add another source</source>
        <translation>添加另一个来源</translation>
    </message>
    <message>
        <source>Remove the last source</source>
        <translation>移除最后一个来源</translation>
    </message>
    <message>
        <source>Rows of all sources are trained together</source>
        <translation>所有来源的行一起训练</translation>
    </message>
    <message>
        <source>Ctrl+Z brings it back</source>
        <translation>按 Ctrl+Z 可恢复</translation>
    </message>
    <message>
        <source>new source</source>
        <translation>新来源</translation>
    </message>
    <message>
        <source>removal of a source</source>
        <translation>移除来源</translation>
    </message>
    <message>
        <source>Find a setting</source>
        <translation>查找设置</translation>
    </message>
    <message>
        <source>Add a stage</source>
        <translation>添加阶段</translation>
    </message>
    <message>
        <source>new stage</source>
        <translation>添加阶段</translation>
    </message>
    <message>
        <source>Goes on behind the last one, with its settings</source>
        <translation>接在最后一个阶段之后，沿用其设置</translation>
    </message>
    <message>
        <source>Remove the last stage</source>
        <translation>移除最后一个阶段</translation>
    </message>
    <message>
        <source>removal of a stage</source>
        <translation>移除阶段</translation>
    </message>
    <message>
        <source>Go to a section</source>
        <translation>转到某一节</translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentDataCard</name>
    <message>
        <source>Reading %1 …</source>
        <translation>正在读取 %1 …</translation>
    </message>
    <message>
        <source>%1 cannot be used</source>
        <translation>%1 不能使用</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n row(s)</source>
        <translation>
            <numerusform>%1：%n 行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>…… 还有 %n 处</numerusform>
        </translation>
    </message>
    <message>
        <source>instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>system text</source>
        <translation>系统提示</translation>
    </message>
    <message>
        <source>earlier turns</source>
        <translation>先前的对话</translation>
    </message>
    <message>
        <source>turns</source>
        <translation>对话</translation>
    </message>
    <message>
        <source>%1 from “%2”</source>
        <comment>instruction from a column</comment>
        <translation>%1取自“%2”</translation>
    </message>
    <message>
        <source>Columns: %1.</source>
        <translation>列：%1。</translation>
    </message>
    <message>
        <source>Used: %1.</source>
        <translation>使用：%1。</translation>
    </message>
    <message>
        <source>Instruction</source>
        <translation>指令</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>First rows of the file</source>
        <translation>文件的前几行</translation>
    </message>
    <message>
        <source>Broken rows of the file</source>
        <translation>文件中有问题的行</translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentDraft</name>
    <message>
        <source>choice of preset</source>
        <translation>选择预设</translation>
    </message>
    <message>
        <source>change of %1</source>
        <translation>更改 %1</translation>
    </message>
    <message>
        <source>new experiment</source>
        <translation>新实验</translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentFields</name>
    <message>
        <source>Training data, source %1</source>
        <translation>训练数据，来源 %1</translation>
    </message>
    <message>
        <source>Training data</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>A JSONL, JSON or CSV file with one row per example.</source>
        <translation>JSONL、JSON 或 CSV 文件，每行一个样例。</translation>
    </message>
    <message>
        <source>JSONL, JSON or CSV</source>
        <translation>JSONL、JSON 或 CSV</translation>
    </message>
    <message>
        <source>&amp;Prompt form</source>
        <translation>提示形式(&amp;P)</translation>
    </message>
    <message>
        <source>How a row becomes the text the model sees.</source>
        <translation>一行数据如何变成模型看到的文本。</translation>
    </message>
    <message>
        <source>one of five</source>
        <translation>五选一</translation>
    </message>
    <message>
        <source>The model&apos;s own chat form</source>
        <translation>模型自带的对话形式</translation>
    </message>
    <message>
        <source>Alpaca</source>
        <translation>Alpaca</translation>
    </message>
    <message>
        <source>Alpaca, as the reference indents it</source>
        <translation>Alpaca，按参考实现缩进</translation>
    </message>
    <message>
        <source>Question and step by step, as the reference</source>
        <translation>问题加分步解答，同参考实现</translation>
    </message>
    <message>
        <source>Nothing around the text</source>
        <translation>不加任何内容</translation>
    </message>
    <message>
        <source>0 takes every row.</source>
        <translation>0 表示使用所有行。</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>行</translation>
    </message>
    <message>
        <source>0 or more</source>
        <translation>0 或更大</translation>
    </message>
    <message>
        <source>Column of the &amp;instruction</source>
        <translation>指令所在列(&amp;I)</translation>
    </message>
    <message>
        <source>Empty: found by looking at the first rows. Only for your own file.</source>
        <translation>留空：根据前几行自动判断。仅用于自己的文件。</translation>
    </message>
    <message>
        <source>a column name</source>
        <translation>列名</translation>
    </message>
    <message>
        <source>Column of the i&amp;nput</source>
        <translation>输入所在列(&amp;N)</translation>
    </message>
    <message>
        <source>Context beside the instruction. Empty: found by itself.</source>
        <translation>指令之外的上下文。留空：自动判断。</translation>
    </message>
    <message>
        <source>Column of the &amp;output</source>
        <translation>输出所在列(&amp;O)</translation>
    </message>
    <message>
        <source>The answer to learn. Empty: found by itself.</source>
        <translation>要学习的回答。留空：自动判断。</translation>
    </message>
    <message>
        <source>Column of the &amp;messages</source>
        <translation>消息所在列(&amp;M)</translation>
    </message>
    <message>
        <source>Rows and lengths</source>
        <translation>行与长度</translation>
    </message>
    <message>
        <source>Rows never trained on, to see whether the model only memorizes.</source>
        <translation>从不参与训练的行，用来看模型是否只是在死记。</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>0 to 50 %</source>
        <translation>0 到 50 %</translation>
    </message>
    <message>
        <source>Held-out rows &amp;measured</source>
        <translation>测量的留出行数(&amp;M)</translation>
    </message>
    <message>
        <source>At most this many are measured at each check.</source>
        <translation>每次检查最多测量这么多行。</translation>
    </message>
    <message>
        <source>&amp;Longest row</source>
        <translation>最长行(&amp;L)</translation>
    </message>
    <message>
        <source>Prompt and response together; longer rows are cut and counted.</source>
        <translation>提示与回答合计；更长的行会被截断并计数。</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>8 to 1,000,000</source>
        <translation>8 到 1,000,000</translation>
    </message>
    <message>
        <source>Must be below the longest row, so that the response has room.</source>
        <translation>必须小于最长行，给回答留出空间。</translation>
    </message>
    <message>
        <source>1 or more</source>
        <translation>1 或更大</translation>
    </message>
    <message>
        <source>&amp;Cutting long rows</source>
        <translation>截断长行(&amp;C)</translation>
    </message>
    <message>
        <source>What is dropped when a row is too long.</source>
        <translation>一行太长时舍弃哪一部分。</translation>
    </message>
    <message>
        <source>one of two</source>
        <translation>二选一</translation>
    </message>
    <message>
        <source>Keep the response, shorten the prompt</source>
        <translation>保留回答，缩短提示</translation>
    </message>
    <message>
        <source>As the reference: the end may be lost</source>
        <translation>同参考实现：末尾可能丢失</translation>
    </message>
    <message>
        <source>&amp;Order of rows</source>
        <translation>行的顺序(&amp;O)</translation>
    </message>
    <message>
        <source>In which order rows are visited.</source>
        <translation>按什么顺序访问各行。</translation>
    </message>
    <message>
        <source>Shuffled each epoch from the seed</source>
        <translation>每轮按种子重新打乱</translation>
    </message>
    <message>
        <source>As the reference; drops the last short batch</source>
        <translation>同参考实现；舍弃最后不满的一批</translation>
    </message>
    <message>
        <source>Put a &amp;begin-of-text mark first</source>
        <translation>在开头加文本起始标记(&amp;B)</translation>
    </message>
    <message>
        <source>The reference does not.</source>
        <translation>参考实现不加。</translation>
    </message>
    <message>
        <source>on or off</source>
        <translation>开或关</translation>
    </message>
    <message>
        <source>Adapter</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Ran&amp;k</source>
        <translation>秩(&amp;K)</translation>
    </message>
    <message>
        <source>Width of the adapter: more can learn more and needs more memory.</source>
        <translation>适配器的宽度：越大能学的越多，所需内存也越多。</translation>
    </message>
    <message>
        <source>1 to 1024</source>
        <translation>1 到 1024</translation>
    </message>
    <message>
        <source>&amp;Alpha</source>
        <translation>Alpha(&amp;A)</translation>
    </message>
    <message>
        <source>Strength of the adapter: its output is multiplied by alpha ÷ rank.</source>
        <translation>适配器的强度：其输出乘以 alpha ÷ 秩。</translation>
    </message>
    <message>
        <source>above 0; twice the rank is usual</source>
        <translation>大于 0；通常为秩的两倍</translation>
    </message>
    <message>
        <source>Ada&amp;pted projections</source>
        <translation>适配的投影(&amp;P)</translation>
    </message>
    <message>
        <source>The layers of each block that carry the adapter; all seven is usual.</source>
        <translation>每个模块中带适配器的层；通常七个全选。</translation>
    </message>
    <message>
        <source>at least one of seven</source>
        <translation>七个中至少一个</translation>
    </message>
    <message>
        <source>Seed of the fro&amp;zen A</source>
        <translation>冻结 A 的种子(&amp;Z)</translation>
    </message>
    <message>
        <source>A is random and never trained; the same seed gives the same A.</source>
        <translation>A 是随机的且从不训练；种子相同则 A 相同。</translation>
    </message>
    <message>
        <source>a whole number, 0 or more</source>
        <translation>整数，0 或更大</translation>
    </message>
    <message>
        <source>Optimizer (AdamW)</source>
        <translation>优化器（AdamW）</translation>
    </message>
    <message>
        <source>L&amp;oss</source>
        <translation>损失(&amp;O)</translation>
    </message>
    <message>
        <source>How the loss of a step is added up.</source>
        <translation>每一步的损失如何累加。</translation>
    </message>
    <message>
        <source>Sum over tokens, mean over rows (reference)</source>
        <translation>词元求和，行取平均（参考实现）</translation>
    </message>
    <message>
        <source>Mean over all response tokens</source>
        <translation>对所有回答词元取平均</translation>
    </message>
    <message>
        <source>Learning rate &amp;over time</source>
        <translation>学习率变化(&amp;O)</translation>
    </message>
    <message>
        <source>The reference keeps it constant.</source>
        <translation>参考实现保持不变。</translation>
    </message>
    <message>
        <source>one of three</source>
        <translation>三选一</translation>
    </message>
    <message>
        <source>Constant</source>
        <translation>不变</translation>
    </message>
    <message>
        <source>Falls in a straight line</source>
        <translation>直线下降</translation>
    </message>
    <message>
        <source>Falls as a cosine</source>
        <translation>余弦下降</translation>
    </message>
    <message>
        <source>&amp;Warm-up</source>
        <translation>预热(&amp;W)</translation>
    </message>
    <message>
        <source>Steps over which the learning rate rises to its value.</source>
        <translation>学习率升到设定值所用的步数。</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步</translation>
    </message>
    <message>
        <source>&amp;Clipping</source>
        <translation>裁剪(&amp;C)</translation>
    </message>
    <message>
        <source>Which norm the clipping bound applies to.</source>
        <translation>裁剪界限作用于哪个范数。</translation>
    </message>
    <message>
        <source>Each B by its own norm (reference)</source>
        <translation>每个 B 按自己的范数（参考实现）</translation>
    </message>
    <message>
        <source>One norm over everything trained</source>
        <translation>所有训练条目共用一个范数</translation>
    </message>
    <message>
        <source>No clipping</source>
        <translation>不裁剪</translation>
    </message>
    <message>
        <source>Clipping &amp;bound</source>
        <translation>裁剪界限(&amp;B)</translation>
    </message>
    <message>
        <source>Gradients longer than this are shortened to it.</source>
        <translation>比它更长的梯度会缩短到该值。</translation>
    </message>
    <message>
        <source>above 0</source>
        <translation>大于 0</translation>
    </message>
    <message>
        <source>Weight &amp;decay</source>
        <translation>权重衰减(&amp;D)</translation>
    </message>
    <message>
        <source>Pulls trained values to zero; the reference uses 0.</source>
        <translation>把训练值拉向零；参考实现用 0。</translation>
    </message>
    <message>
        <source>0 to 10</source>
        <translation>0 到 10</translation>
    </message>
    <message>
        <source>Beta &amp;1</source>
        <translation>Beta 1(&amp;1)</translation>
    </message>
    <message>
        <source>Memory of the mean gradient.</source>
        <translation>梯度均值的记忆。</translation>
    </message>
    <message>
        <source>0 to below 1</source>
        <translation>0 到小于 1</translation>
    </message>
    <message>
        <source>Beta &amp;2</source>
        <translation>Beta 2(&amp;2)</translation>
    </message>
    <message>
        <source>Memory of the squared gradient.</source>
        <translation>梯度平方的记忆。</translation>
    </message>
    <message>
        <source>Keeps divisions finite.</source>
        <translation>使除法保持有限。</translation>
    </message>
    <message>
        <source>Stage %1: %2</source>
        <translation>阶段 %1：%2</translation>
    </message>
    <message>
        <source>&amp;Sparsity</source>
        <translation>稀疏度(&amp;S)</translation>
    </message>
    <message>
        <source>The share of B that stays zero; 90 % keeps the largest tenth.</source>
        <translation>B 中保持为零的比例；90 % 保留最大的十分之一。</translation>
    </message>
    <message>
        <source>0 to 99.9 %</source>
        <translation>0 到 99.9 %</translation>
    </message>
    <message>
        <source>Inside which part the largest entries are chosen.</source>
        <translation>在哪一部分中选出最大的条目。</translation>
    </message>
    <message>
        <source>The whole model (reference)</source>
        <translation>整个模型（参考实现）</translation>
    </message>
    <message>
        <source>Attention and MLP apart</source>
        <translation>注意力与 MLP 分开</translation>
    </message>
    <message>
        <source>Each kind of projection</source>
        <translation>每种投影</translation>
    </message>
    <message>
        <source>Each layer</source>
        <translation>每一层</translation>
    </message>
    <message>
        <source>Each matrix</source>
        <translation>每个矩阵</translation>
    </message>
    <message>
        <source>What happens to entries of equal size.</source>
        <translation>大小相同的条目如何处理。</translation>
    </message>
    <message>
        <source>Keep all that tie (reference)</source>
        <translation>并列的全部保留（参考实现）</translation>
    </message>
    <message>
        <source>Keep exactly k</source>
        <translation>恰好保留 k 个</translation>
    </message>
    <message>
        <source>Size of the steps; LoRI-S usually takes ten times that of LoRI-D.</source>
        <translation>每步的大小；LoRI-S 通常取 LoRI-D 的十倍。</translation>
    </message>
    <message>
        <source>above 0; 1e-5 to 1e-3 is usual</source>
        <translation>大于 0；通常为 1e-5 到 1e-3</translation>
    </message>
    <message>
        <source>&amp;Steps</source>
        <translation>步数(&amp;S)</translation>
    </message>
    <message>
        <source>Exactly this many; 0 goes by epochs instead.</source>
        <translation>恰好这么多步；0 表示按轮数计。</translation>
    </message>
    <message>
        <source>Passes over the data; used when steps is 0.</source>
        <translation>遍历数据的次数；步数为 0 时使用。</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>轮</translation>
    </message>
    <message>
        <source>above 0 to 10,000</source>
        <translation>大于 0 到 10,000</translation>
    </message>
    <message>
        <source>Used when tokens per step is 0.</source>
        <translation>每步词元数为 0 时使用。</translation>
    </message>
    <message>
        <source>1 to 65,536</source>
        <translation>1 到 65,536</translation>
    </message>
    <message>
        <source>T&amp;okens per step</source>
        <translation>每步词元数(&amp;O)</translation>
    </message>
    <message>
        <source>Fills each step with rows up to this many tokens; 0 goes by rows.</source>
        <translation>每步装入不超过这么多词元的行；0 表示按行计。</translation>
    </message>
    <message>
        <source>The same numbers with less memory: a step is made of this many parts.</source>
        <translation>结果相同而内存更少：一步由这么多份组成。</translation>
    </message>
    <message>
        <source>An adapter folder to go on from; empty takes the stage before.</source>
        <translation>从该适配器文件夹继续；留空则用前一阶段。</translation>
    </message>
    <message>
        <source>a folder, or empty</source>
        <translation>文件夹，或留空</translation>
    </message>
    <message>
        <source>Keep the &amp;A of LoRI-D</source>
        <translation>沿用 LoRI-D 的 A(&amp;A)</translation>
    </message>
    <message>
        <source>Off draws a new random A, as the reference does.</source>
        <translation>关闭则像参考实现那样重新抽取随机的 A。</translation>
    </message>
    <message>
        <source>Mask of &amp;adapter</source>
        <translation>掩码所用适配器(&amp;A)</translation>
    </message>
    <message>
        <source>An adapter folder to take |B| from; empty takes the stage before.</source>
        <translation>从该适配器文件夹取 |B|；留空则用前一阶段。</translation>
    </message>
    <message>
        <source>Evaluation and checkpoints</source>
        <translation>评估与检查点</translation>
    </message>
    <message>
        <source>&amp;Measured tasks</source>
        <translation>要测量的任务(&amp;M)</translation>
    </message>
    <message>
        <source>Rows per side; 0 takes all. Safety always measures both sides.</source>
        <translation>每侧的行数；0 表示全部。安全任务总是测量两侧。</translation>
    </message>
    <message>
        <source>any of the starter tasks</source>
        <translation>任意入门任务</translation>
    </message>
    <message>
        <source>Measure &amp;before training</source>
        <translation>训练前测量(&amp;B)</translation>
    </message>
    <message>
        <source>Without it there is nothing to compare with.</source>
        <translation>没有它就没有比较的基准。</translation>
    </message>
    <message>
        <source>Shows LoRI-D and LoRI-S side by side.</source>
        <translation>并排显示 LoRI-D 与 LoRI-S。</translation>
    </message>
    <message>
        <source>Short score checks during training; 0 only at the end of a stage.</source>
        <translation>训练中的简短评分检查；0 表示只在阶段结束时。</translation>
    </message>
    <message>
        <source>Rows per side of those checks.</source>
        <translation>这些检查中每侧的行数。</translation>
    </message>
    <message>
        <source>0 only at the end of a stage.</source>
        <translation>0 表示只在阶段结束时。</translation>
    </message>
    <message>
        <source>Longest a&amp;nswer</source>
        <translation>最长回答(&amp;N)</translation>
    </message>
    <message>
        <source>Answers are cut after this many tokens.</source>
        <translation>回答超过这么多词元即截断。</translation>
    </message>
    <message>
        <source>1 to 8192</source>
        <translation>1 到 8192</translation>
    </message>
    <message>
        <source>Answers at &amp;once</source>
        <translation>同时回答数(&amp;O)</translation>
    </message>
    <message>
        <source>Rows that are answered together.</source>
        <translation>一起回答的行数。</translation>
    </message>
    <message>
        <source>1 to 4096</source>
        <translation>1 到 4096</translation>
    </message>
    <message>
        <source>&amp;Checkpoint every</source>
        <translation>检查点间隔(&amp;C)</translation>
    </message>
    <message>
        <source>0 only when pausing, stopping and at the end of a stage.</source>
        <translation>0 表示只在暂停、停止和阶段结束时。</translation>
    </message>
    <message>
        <source>Checkpoints &amp;kept</source>
        <translation>保留的检查点(&amp;K)</translation>
    </message>
    <message>
        <source>The newest ones.</source>
        <translation>最新的几个。</translation>
    </message>
    <message>
        <source>1 to 1000</source>
        <translation>1 到 1000</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>设备(&amp;D)</translation>
    </message>
    <message>
        <source>Automatic takes a graphics card when there is one.</source>
        <translation>“自动”在有显卡时使用显卡。</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>Graphics card (CUDA)</source>
        <translation>显卡（CUDA）</translation>
    </message>
    <message>
        <source>0 uses every core.</source>
        <translation>0 表示使用所有核心。</translation>
    </message>
    <message>
        <source>0 to 4096</source>
        <translation>0 到 4096</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>种子(&amp;S)</translation>
    </message>
    <message>
        <source>The same seed gives the same run.</source>
        <translation>种子相同则运行相同。</translation>
    </message>
    <message>
        <source>Where BoolQ, GSM8K, HumanEval and the others lie; empty is the program&apos;s own data folder.</source>
        <translation>BoolQ、GSM8K、HumanEval 等所在的位置；留空则用程序自己的数据文件夹。</translation>
    </message>
    <message>
        <source>&amp;Method</source>
        <translation>方法(&amp;M)</translation>
    </message>
    <message>
        <source>What is trained. LoRI-S needs a mask; full fine-tuning needs sixteen bytes a weight.</source>
        <translation>训练什么。LoRI-S 需要掩码；全量微调每个权重需要 16 字节。</translation>
    </message>
    <message>
        <source>a method of the list</source>
        <translation>列表中的一种方法</translation>
    </message>
    <message>
        <source>&amp;Begin with</source>
        <translation>起点(&amp;B)</translation>
    </message>
    <message>
        <source>What becomes of the values of the adapter that the stage starts from.</source>
        <translation>本阶段所用起始适配器的数值如何处理。</translation>
    </message>
    <message>
        <source>As usual for the method</source>
        <translation>按方法的惯例</translation>
    </message>
    <message>
        <source>Its A only, B = 0</source>
        <translation>只取它的 A，B = 0</translation>
    </message>
    <message>
        <source>Its trained values</source>
        <translation>取它训练好的数值</translation>
    </message>
    <message>
        <source>Measure at the e&amp;nd</source>
        <translation>结束时评测(&amp;N)</translation>
    </message>
    <message>
        <source>Score the tasks when this stage is done.</source>
        <translation>本阶段完成后评测各任务。</translation>
    </message>
    <message>
        <source>&amp;Mask file</source>
        <translation>掩码文件(&amp;M)</translation>
    </message>
    <message>
        <source>A mask to train under; empty takes that of the stage before.</source>
        <translation>训练所用的掩码；留空则用前一阶段的。</translation>
    </message>
    <message>
        <source>a mask file, or empty</source>
        <translation>掩码文件，或留空</translation>
    </message>
    <message>
        <source>rsLoRA: alpha ÷ √rank instead of alpha ÷ rank.</source>
        <translation>rsLoRA：用 alpha ÷ √秩 代替 alpha ÷ 秩。</translation>
    </message>
    <message>
        <source>Projections of &amp;IA3</source>
        <translation>IA3 的投影(&amp;I)</translation>
    </message>
    <message>
        <source>IA3 scales these; k, v and down are usual.</source>
        <translation>IA3 缩放这些投影；通常是 k、v 和 down。</translation>
    </message>
    <message>
        <source>some of the projections of IA3</source>
        <translation>IA3 投影中的若干个</translation>
    </message>
    <message>
        <source>&amp;Weights in memory</source>
        <translation>内存中的权重(&amp;W)</translation>
    </message>
    <message>
        <source>32 bits (f32)</source>
        <translation>32 位 (f32)</translation>
    </message>
    <message>
        <source>16 bits (bf16)</source>
        <translation>16 位 (bf16)</translation>
    </message>
    <message>
        <source>16 bits (f16)</source>
        <translation>16 位 (f16)</translation>
    </message>
    <message>
        <source>Harmful requests refused, in points below the best earlier stage; keeps the good checkpoint.</source>
        <translation>有害请求拒绝率与此前最好阶段相比下降的百分点；保留最后一个良好的检查点。</translation>
    </message>
    <message>
        <source>points</source>
        <translation>个百分点</translation>
    </message>
    <message>
        <source>never, or 1 to 100 points; safety must be measured</source>
        <translation>从不，或 1 到 100 个百分点；须评测安全性</translation>
    </message>
    <message>
        <source>Column of the s&amp;ystem text</source>
        <translation>系统提示所在的列(&amp;Y)</translation>
    </message>
    <message>
        <source>A turn of its own in front of the others. Empty: found by itself.</source>
        <translation>作为单独一轮放在其他轮之前。留空则自动查找。</translation>
    </message>
    <message>
        <source>Column of ear&amp;lier turns</source>
        <translation>先前对话所在的列(&amp;L)</translation>
    </message>
    <message>
        <source>What was said before the instruction. Empty: found by itself.</source>
        <translation>指令之前说过的话。留空则自动查找。</translation>
    </message>
    <message>
        <source>A list of chat turns; excludes instruction, input, output and earlier turns.</source>
        <translation>一串对话；不能与指令、输入、输出和先前对话同时使用。</translation>
    </message>
    <message>
        <source>End a cut ans&amp;wer</source>
        <translation>给截断的回答加结束符(&amp;W)</translation>
    </message>
    <message>
        <source>Puts the end mark after an answer that was cut; it teaches to stop in mid-sentence.</source>
        <translation>在被截断的回答后面放结束符；这会教模型在句子中间停下。</translation>
    </message>
    <message>
        <source>Which answers of a conversation of several turns are learned.</source>
        <translation>多轮对话中学习哪些回答。</translation>
    </message>
    <message>
        <source>Every answer of a conversation</source>
        <translation>对话中的每个回答</translation>
    </message>
    <message>
        <source>Only the last answer</source>
        <translation>只学最后一个回答</translation>
    </message>
    <message>
        <source>Turns and marks</source>
        <translation>轮次与标记</translation>
    </message>
    <message>
        <source>Ta&amp;sk</source>
        <translation>任务(&amp;S)</translation>
    </message>
    <message>
        <source>Rows that come with the program, or a published set; or choose your own file below.</source>
        <translation>随程序提供的数据，或已发布的数据集；也可以在下面选择自己的文件。</translation>
    </message>
    <message>
        <source>a task, or none</source>
        <translation>一个任务，或无</translation>
    </message>
    <message>
        <source>Own f&amp;ile</source>
        <translation>自己的文件(&amp;I)</translation>
    </message>
    <message>
        <source>At most this man&amp;y rows</source>
        <translation>最多行数(&amp;Y)</translation>
    </message>
    <message>
        <source>He&amp;ld-out share</source>
        <translation>留出比例(&amp;L)</translation>
    </message>
    <message>
        <source>Lon&amp;gest prompt</source>
        <translation>最长提示(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Learned turns</source>
        <translation>学习哪些轮次(&amp;L)</translation>
    </message>
    <message>
        <source>Divide b&amp;y the root of the rank</source>
        <translation>除以秩的平方根(&amp;Y)</translation>
    </message>
    <message>
        <source>E&amp;psilon</source>
        <translation>Epsilon(&amp;P)</translation>
    </message>
    <message>
        <source>T&amp;ies</source>
        <translation>并列值(&amp;I)</translation>
    </message>
    <message>
        <source>Learnin&amp;g rate</source>
        <translation>学习率(&amp;G)</translation>
    </message>
    <message>
        <source>E&amp;pochs</source>
        <translation>轮数(&amp;P)</translation>
    </message>
    <message>
        <source>Ro&amp;ws per step</source>
        <translation>每步行数(&amp;W)</translation>
    </message>
    <message>
        <source>Start from a&amp;dapter</source>
        <translation>起始适配器(&amp;D)</translation>
    </message>
    <message>
        <source>Pa&amp;use when refusals fall by</source>
        <translation>拒绝率下降多少时暂停(&amp;U)</translation>
    </message>
    <message>
        <source>Measure after each sta&amp;ge</source>
        <translation>每个阶段后测量(&amp;G)</translation>
    </message>
    <message>
        <source>Chec&amp;k every</source>
        <translation>每隔多少步检查(&amp;K)</translation>
    </message>
    <message>
        <source>Rows of a &amp;check</source>
        <translation>每次检查的行数(&amp;C)</translation>
    </message>
    <message>
        <source>Held-out loss ever&amp;y</source>
        <translation>留出损失间隔(&amp;Y)</translation>
    </message>
    <message>
        <source>Threa&amp;ds</source>
        <translation>线程(&amp;D)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>number and unit</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Taken how &amp;often</source>
        <translation>取用次数(&amp;O)</translation>
    </message>
    <message>
        <source>Mixes sources: 2 takes each row twice an epoch, 0.5 half of the rows, always the same half.</source>
        <translation>混合多个来源：2 表示每轮每行取两次，0.5 表示只取一半的行，且总是同一半。</translation>
    </message>
    <message>
        <source>0.001 to 100; 1 is each row once</source>
        <translation>0.001 到 100；1 表示每行一次</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>0 and what it stands for</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>every row</source>
        <translation>所有行</translation>
    </message>
    <message>
        <source>by epochs</source>
        <translation>按轮数</translation>
    </message>
    <message>
        <source>by rows</source>
        <translation>按行数</translation>
    </message>
    <message>
        <source>every core</source>
        <translation>所有核心</translation>
    </message>
    <message>
        <source>when it pauses or stops, and after each stage</source>
        <translation>暂停或停止时，以及每个阶段之后</translation>
    </message>
    <message>
        <source>only after each stage</source>
        <translation>仅在每个阶段之后</translation>
    </message>
    <message>
        <source>Model and name</source>
        <translation>模型与名称</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>The language model that gets the adapter. Its own weights never change.</source>
        <translation>得到适配器的语言模型。它自己的权重从不改变。</translation>
    </message>
    <message>
        <source>the name of a model that the program knows, a GGUF file or a Hugging Face folder</source>
        <translation>程序已知模型的名称、GGUF 文件或 Hugging Face 文件夹</translation>
    </message>
    <message>
        <source>N&amp;ame</source>
        <translation>名称(&amp;A)</translation>
    </message>
    <message>
        <source>The name of the run in every list.</source>
        <translation>运行在各个列表中的名称。</translation>
    </message>
    <message>
        <source>1 to 200 characters</source>
        <translation>1 到 200 个字符</translation>
    </message>
    <message>
        <source>P&amp;urpose</source>
        <translation>目的(&amp;U)</translation>
    </message>
    <message>
        <source>A line for yourself: what do you want to find out?</source>
        <translation>写给自己的一行：您想弄清什么？</translation>
    </message>
    <message>
        <source>any text</source>
        <translation>任意文字</translation>
    </message>
    <message>
        <source>Where published &amp;sets lie</source>
        <translation>公开数据集所在位置(&amp;S)</translation>
    </message>
    <message>
        <source>IA3 at their inp&amp;ut</source>
        <translation>在输入处缩放的 IA3(&amp;U)</translation>
    </message>
    <message>
        <source>Which of these are scaled at the input; the others are at their output. Down is usual.</source>
        <translation>其中哪些在输入处缩放；其余在输出处。通常为 down。</translation>
    </message>
    <message>
        <source>Largest o&amp;ut of</source>
        <translation>在何范围内取最大(&amp;U)</translation>
    </message>
    <message>
        <source>Entries of other &amp;masks</source>
        <translation>其他掩码的条目(&amp;M)</translation>
    </message>
    <message>
        <source>What happens to entries that the masks to avoid use already.</source>
        <translation>对需避开的掩码已使用的条目如何处理。</translation>
    </message>
    <message>
        <source>Are left out of the choice</source>
        <translation>不参与选择</translation>
    </message>
    <message>
        <source>Are chosen, then given up</source>
        <translation>先选中，再放弃</translation>
    </message>
    <message>
        <source>Gradient &amp;accumulation</source>
        <translation>梯度累积(&amp;A)</translation>
    </message>
    <message>
        <source>parts a step</source>
        <translation>份/步</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n row(s))</source>
        <translation>
            <numerusform>%1（%n 行）</numerusform>
        </translation>
    </message>
    <message>
        <source>never</source>
        <translation>从不</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>Ortho&amp;gonal block of A</source>
        <translation>A 的正交块(&amp;G)</translation>
    </message>
    <message>
        <source>−1, or 0 and more</source>
        <translation>−1，或 0 及以上</translation>
    </message>
    <message>
        <source>−1: at random. 0, 1, 2 … with one seed: A that are orthogonal to each other.</source>
        <translation>−1：随机抽取。同一个种子用 0、1、2……：各 A 彼此正交。</translation>
    </message>
    <message>
        <source>Masks on the &amp;way</source>
        <translation>途中的掩码(&amp;W)</translation>
    </message>
    <message>
        <source>Keeps the mask that calibration would find during LoRI-D; the Masks page shows how it settles.</source>
        <translation>在 LoRI-D 途中保留此刻校准会得到的掩码；“掩码”页显示它如何稳定下来。</translation>
    </message>
    <message>
        <source>times</source>
        <translation>次</translation>
    </message>
    <message>
        <source>0 to 1000; training is the same with any</source>
        <translation>0 到 1000；无论多少，训练都相同</translation>
    </message>
    <message>
        <source>As the file stores them</source>
        <translation>按文件存储的形式</translation>
    </message>
    <message>
        <source>Fewer bits take less memory for a large model; it is computed with as many as before.</source>
        <translation>位数少则大模型占用内存少；计算精度与以前相同。</translation>
    </message>
    <message>
        <source>&amp;Products</source>
        <translation>乘积(&amp;P)</translation>
    </message>
    <message>
        <source>16-bit operands train faster on a processor made for them; sums stay in 32 bits.</source>
        <translation>若处理器支持，16 位操作数训练更快；求和仍用 32 位。</translation>
    </message>
    <message>
        <source>In 32 bits (f32)</source>
        <translation>32 位 (f32)</translation>
    </message>
    <message>
        <source>In 16 bits (bf16)</source>
        <translation>16 位 (bf16)</translation>
    </message>
    <message>
        <source>Whichever is faster here</source>
        <translation>此处较快的一种</translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentPage</name>
    <message>
        <source>start from an old run</source>
        <translation>从旧的运行开始</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The program “lori”, which does the training, was not found beside this one.</source>
        <translation>在本程序旁边找不到负责训练的程序“lori”。</translation>
    </message>
    <message>
        <source>Not enough disk space: the run needs about %1 and %2 is free. Make room, or keep fewer checkpoints.</source>
        <translation>磁盘空间不足：运行约需 %1，现有 %2 可用。请腾出空间，或少保留检查点。</translation>
    </message>
    <message>
        <source>1. Prepare</source>
        <translation>1. 准备</translation>
    </message>
    <message>
        <source>%1. %2</source>
        <translation>%1. %2</translation>
    </message>
    <message>
        <source>%1, keeps %2</source>
        <translation>%1，保留 %2</translation>
    </message>
    <message numerus="yes">
        <source>%1, %n step(s)</source>
        <translation>
            <numerusform>%1，%n 步</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, %2 passes</source>
        <translation>%1，%2 轮</translation>
    </message>
    <message>
        <source>%1. Evaluate</source>
        <translation>%1. 评估</translation>
    </message>
    <message>
        <source>assumed, not measured</source>
        <translation>假定值，未测量</translation>
    </message>
    <message>
        <source>measured by the run of %1</source>
        <translation>由 %1 的运行测得</translation>
    </message>
    <message numerus="yes">
        <source>%n changed from the start</source>
        <translation>
            <numerusform>与起点相比有 %n 处更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Started from an earlier run.</source>
        <translation>从以前的运行开始。</translation>
    </message>
    <message>
        <source>New experiment</source>
        <translation>新实验</translation>
    </message>
    <message>
        <source>S&amp;imple</source>
        <translation>简单(&amp;I)</translation>
    </message>
    <message>
        <source>Seven choices</source>
        <translation>七个选项</translation>
    </message>
    <message>
        <source>A&amp;dvanced</source>
        <translation>高级(&amp;D)</translation>
    </message>
    <message>
        <source>Every setting, in sections; nothing is lost by switching</source>
        <translation>分节显示所有设置；切换不会丢失任何内容</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>起点</translation>
    </message>
    <message>
        <source>Preset: %1</source>
        <translation>预设：%1</translation>
    </message>
    <message>
        <source>Simple form</source>
        <translation>简单表单</translation>
    </message>
    <message>
        <source>Advanced form</source>
        <translation>高级表单</translation>
    </message>
    <message>
        <source>change of sparsity</source>
        <translation>更改稀疏度</translation>
    </message>
    <message>
        <source>Your files cannot be written: %1. What is there is safe, but nothing new can be kept.</source>
        <translation>无法写入您的文件：%1。已有的内容是安全的，但新的内容无法保存。</translation>
    </message>
    <message>
        <source>“%1” has the same frozen A (seed %2): merged, only the masks keep the two apart. &lt;a href=&quot;new-seed&quot;&gt;Take a new seed&lt;/a&gt;</source>
        <translation>“%1”有相同的冻结 A（种子 %2）：合并时只有掩码能把两者分开。&lt;a href=&quot;new-seed&quot;&gt;换一个新种子&lt;/a&gt;</translation>
    </message>
    <message>
        <source>new seed</source>
        <translation>新种子</translation>
    </message>
    <message>
        <source>Seed of the frozen A: %1</source>
        <translation>冻结 A 的种子：%1</translation>
    </message>
    <message>
        <source>another sparsity</source>
        <translation>另一个稀疏度</translation>
    </message>
    <message>
        <source>A copy of “%1” with another mask: its LoRI-D is taken as it is; mask and LoRI-S are made anew.</source>
        <translation>“%1”的副本，换了掩码：LoRI-D 原样采用，掩码和 LoRI-S 重新制作。</translation>
    </message>
    <message>
        <source>Sparsity and scope were put into the experiment that was set up last.</source>
        <translation>稀疏度和范围已写入上次设置的实验。</translation>
    </message>
    <message>
        <source>change of the model</source>
        <translation>更改模型</translation>
    </message>
    <message>
        <source>other data</source>
        <translation>更换数据</translation>
    </message>
    <message>
        <source>The experiment now learns these rows; Undo takes the others back.</source>
        <translation>实验现在学习这些行；撤销可恢复之前的数据。</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n row(s))</source>
        <translation>
            <numerusform>%1（%n 行）</numerusform>
        </translation>
    </message>
    <message>
        <source>%1. Evaluate: %2</source>
        <translation>%1. 评估：%2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>This takes %1 on this machine. Fewer steps, a smaller model, or fewer rows to measure make it shorter.</source>
        <translation>在这台机器上需要%1。减少步数、使用更小的模型或减少测量的行数可以缩短时间。</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>删除(&amp;R)</translation>
    </message>
    <message>
        <source>Nothing kept yet</source>
        <translation>还没有保存任何内容</translation>
    </message>
    <message>
        <source>&amp;Keep these settings…</source>
        <translation>保存这些设置(&amp;K)…</translation>
    </message>
    <message numerus="yes">
        <source>The preset replaced %n change(s).</source>
        <translation>
            <numerusform>预设替换了 %n 处更改。</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>This is the experiment that you were setting up.</source>
        <translation>这是您之前正在设置的实验。</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>The preset needs a name.</source>
        <translation>预设需要一个名称。</translation>
    </message>
    <message>
        <source>Up to 80 letters, none of / \ : * ? &quot; &lt; &gt; |, and no dot in front.</source>
        <translation>最多 80 个字符，不能含有 / \ : * ? &quot; &lt; &gt; |，也不能以点开头。</translation>
    </message>
    <message>
        <source>Replaces the preset of this name.</source>
        <translation>将替换同名的预设。</translation>
    </message>
    <message>
        <source>Keep as a preset</source>
        <translation>保存为预设</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保存(&amp;K)</translation>
    </message>
    <message>
        <source>“%1” is kept under My presets.</source>
        <translation>“%1”已保存到“我的预设”。</translation>
    </message>
    <message>
        <source>The preset “%1” was removed.</source>
        <translation>预设“%1”已删除。</translation>
    </message>
    <message>
        <source>Your preset “%1”.</source>
        <translation>您的预设“%1”。</translation>
    </message>
    <message>
        <source>My presets</source>
        <translation>我的预设</translation>
    </message>
    <message>
        <source>Settings that you kept, and keeping these</source>
        <translation>您保存的设置，以及保存当前设置</translation>
    </message>
    <message>
        <source>&lt;a href=&quot;data&quot;&gt;Look at the rows&lt;/a&gt;: the Data page lists each that cannot be used, and can leave them out.</source>
        <translation>&lt;a href=&quot;data&quot;&gt;查看这些行&lt;/a&gt;：数据页面会列出每个无法使用的行，并可以将其排除。</translation>
    </message>
    <message>
        <source>The experiment learns these rows already.</source>
        <translation>实验已经在学习这些行。</translation>
    </message>
    <message>
        <source>more data</source>
        <translation>更多数据</translation>
    </message>
    <message>
        <source>The experiment now learns these rows too; Undo takes them out again.</source>
        <translation>实验现在也学习这些行；“撤销”可将它们移出。</translation>
    </message>
    <message>
        <source>The sweep of %1 waits in the queue.</source>
        <translation>%1 的参数扫描已在队列中等待。</translation>
    </message>
    <message>
        <source>The sweep of %1 has begun.</source>
        <translation>%1 的参数扫描已开始。</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>opening of a recipe</source>
        <translation>打开配方</translation>
    </message>
    <message>
        <source>Opened the recipe “%1”.</source>
        <translation>已打开配方“%1”。</translation>
    </message>
    <message>
        <source>Shows what was changed, with the way back</source>
        <translation>显示更改了什么，并可恢复</translation>
    </message>
    <message>
        <source>The steps and settings of “%1”, with other data: %2.</source>
        <translation>“%1”的步骤和设置，但使用其他数据：%2。</translation>
    </message>
    <message>
        <source>Step by step…</source>
        <translation>逐步设置…</translation>
    </message>
    <message>
        <source>Set up step by step</source>
        <translation>逐步设置</translation>
    </message>
    <message>
        <source>Five questions, one after the other</source>
        <translation>五个问题，一个接一个</translation>
    </message>
    <message>
        <source>Changed settings</source>
        <translation>更改过的设置</translation>
    </message>
    <message>
        <source>A copy of “%1” with everything it was trained with, its sparsity too.</source>
        <translation>“%1”的副本，包含它训练时的一切设置，包括稀疏度。</translation>
    </message>
    <message>
        <source>By the speed of this machine in the run of %1.</source>
        <translation>按本机在 %1 的运行中的速度估算。</translation>
    </message>
    <message>
        <source>This machine&apos;s speed is assumed until a run has measured it.</source>
        <translation>本机的速度是假定的，直到有一次运行测得它。</translation>
    </message>
    <message>
        <source>Row lengths are assumed until the rows are read.</source>
        <translation>在读取行之前，行的长度是假定的。</translation>
    </message>
    <message>
        <source>Row lengths are judged by the letters in your rows.</source>
        <translation>行的长度按您的行中的字符估计。</translation>
    </message>
    <message>
        <source>“%1” is not where it was. &lt;a href=&quot;find-model&quot;&gt;Find it…&lt;/a&gt;</source>
        <translation>“%1”不在原来的位置。&lt;a href=&quot;find-model&quot;&gt;查找…&lt;/a&gt;</translation>
    </message>
    <message>
        <source>“%1” is not where it was. &lt;a href=&quot;find-rows&quot;&gt;Find it…&lt;/a&gt;</source>
        <translation>“%1”不在原来的位置。&lt;a href=&quot;find-rows&quot;&gt;查找…&lt;/a&gt;</translation>
    </message>
    <message>
        <source>other place of the rows</source>
        <translation>行所在位置的更改</translation>
    </message>
    <message>
        <source>change of the row length</source>
        <translation>更改行长</translation>
    </message>
    <message>
        <source>The experiment now cuts rows at %1 tokens; Undo takes the other length back.</source>
        <translation>实验现在把行截断到 %1 个词元；“撤销”可恢复原来的长度。</translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentPreview</name>
    <message>
        <source>Ready to start</source>
        <translation>可以开始</translation>
    </message>
    <message numerus="yes">
        <source>%n problem(s)</source>
        <translation>
            <numerusform>%n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Go to this field</source>
        <translation>转到该字段</translation>
    </message>
    <message>
        <source>Starts the worker; you can close the window meanwhile</source>
        <translation>启动训练程序；期间可以关闭窗口</translation>
    </message>
    <message>
        <source>%1
Speed of this machine: %2</source>
        <translation>%1
本机速度：%2</translation>
    </message>
    <message>
        <source>Known as soon as the model can be read</source>
        <translation>能读取模型后即可得知</translation>
    </message>
    <message>
        <source>Run preview</source>
        <translation>运行预览</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Trainable parameters</source>
        <translation>可训练参数</translation>
    </message>
    <message>
        <source>Estimates</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>&amp;Start experiment</source>
        <translation>开始实验(&amp;S)</translation>
    </message>
    <message>
        <source>Start experiment</source>
        <translation>开始实验</translation>
    </message>
    <message>
        <source>Show recipe</source>
        <translation>显示配方</translation>
    </message>
    <message>
        <source>The complete configuration and the command line that does the same</source>
        <translation>完整配置，以及效果相同的命令行</translation>
    </message>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Worth a thought</source>
        <translation>值得一想</translation>
    </message>
    <message>
        <source>Starts after the jobs that wait already, also when this window is closed</source>
        <translation>在已等待的任务之后开始，关闭窗口也一样</translation>
    </message>
    <message>
        <source>Add to &amp;queue</source>
        <translation>加入队列(&amp;Q)</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>加入队列</translation>
    </message>
    <message>
        <source>Sh&amp;ow recipe…</source>
        <translation>显示配方(&amp;O)…</translation>
    </message>
    <message>
        <source>Trains at several sparsities, ranks, learning rates or seeds, one run each</source>
        <translation>在多个稀疏度、秩、学习率或随机种子下训练，各运行一次</translation>
    </message>
    <message>
        <source>S&amp;weep…</source>
        <translation>参数扫描(&amp;W)…</translation>
    </message>
    <message>
        <source>Train at several values</source>
        <translation>用多个取值训练</translation>
    </message>
    <message>
        <source>%1
%2 are free; a run starts only with a tenth more than it will need</source>
        <translation>%1
可用 %2；只有比所需多出十分之一时，运行才会开始</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>two durations, the shorter first</comment>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Each mark to the right is ten times as many.</source>
        <translation>每向右一个刻度，数量为十倍。</translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentSimpleForm</name>
    <message>
        <source>choice of model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>change of sparsity</source>
        <translation>更改稀疏度</translation>
    </message>
    <message>
        <source>change of name</source>
        <translation>更改名称</translation>
    </message>
    <message>
        <source>change of purpose</source>
        <translation>更改目的</translation>
    </message>
    <message>
        <source>choice of task</source>
        <translation>选择任务</translation>
    </message>
    <message>
        <source>choice of goal</source>
        <translation>选择目标</translation>
    </message>
    <message>
        <source>choice of duration</source>
        <translation>选择时长</translation>
    </message>
    <message>
        <source>Custom: see Advanced</source>
        <translation>自定义：见“高级”</translation>
    </message>
    <message>
        <source>%1 – files not found</source>
        <translation>%1 – 找不到文件</translation>
    </message>
    <message>
        <source>My own file…</source>
        <translation>我自己的文件…</translation>
    </message>
    <message>
        <source>Dense adapter: LoRI-D alone</source>
        <translation>稠密适配器：仅 LoRI-D</translation>
    </message>
    <message>
        <source>Sparse adapter: LoRI-D, mask, LoRI-S</source>
        <translation>稀疏适配器：LoRI-D、掩码、LoRI-S</translation>
    </message>
    <message>
        <source>Short: 60 steps of 8 rows per stage</source>
        <translation>短：每阶段 60 步，每步 8 行</translation>
    </message>
    <message>
        <source>Medium: 240 steps of 8 rows per stage</source>
        <translation>中：每阶段 240 步，每步 8 行</translation>
    </message>
    <message>
        <source>As the paper: 3 passes over the data, 32 rows a step</source>
        <translation>同论文：遍历数据 3 轮，每步 32 行</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;p&gt;%2&lt;/p&gt;&lt;p&gt;Allowed: %3.&lt;/p&gt;</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;&lt;p&gt;%2&lt;/p&gt;&lt;p&gt;允许：%3。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Goal</source>
        <translation>目标(&amp;G)</translation>
    </message>
    <message>
        <source>S&amp;parsity</source>
        <translation>稀疏度(&amp;P)</translation>
    </message>
    <message>
        <source>N&amp;ame</source>
        <translation>名称(&amp;A)</translation>
    </message>
    <message>
        <source>P&amp;urpose</source>
        <translation>目的(&amp;U)</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>One line: what is this run for?</source>
        <translation>一行话：这次运行是为了什么？</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>The language model that gets the adapter. Its own weights never change.</source>
        <translation>获得适配器的语言模型。它自身的权重从不改变。</translation>
    </message>
    <message>
        <source>the built-in model, a GGUF file or a Hugging Face folder</source>
        <translation>内置模型、GGUF 文件或 Hugging Face 文件夹</translation>
    </message>
    <message>
        <source>Browse for a model</source>
        <translation>浏览模型</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>A dense adapter trains all of B. A sparse one then keeps only the largest entries and trains those.</source>
        <translation>稠密适配器训练整个 B。稀疏适配器随后只保留最大的条目并训练它们。</translation>
    </message>
    <message>
        <source>dense or sparse</source>
        <translation>稠密或稀疏</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>The share of B that stays zero. 90 % keeps one entry in ten.</source>
        <translation>B 中保持为零的比例。90 % 即十个条目中保留一个。</translation>
    </message>
    <message>
        <source>0 to 99.9 %</source>
        <translation>0 到 99.9 %</translation>
    </message>
    <message>
        <source>Sparsity in percent</source>
        <translation>稀疏度（百分比）</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>How long each training stage goes on.</source>
        <translation>每个训练阶段持续多久。</translation>
    </message>
    <message>
        <source>one of three, or custom</source>
        <translation>三选一，或自定义</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>The name of the run in every list.</source>
        <translation>该运行在所有列表中的名称。</translation>
    </message>
    <message>
        <source>1 to 200 characters</source>
        <translation>1 到 200 个字符</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>A line for yourself: what do you want to find out?</source>
        <translation>给自己的一行话：您想弄清什么？</translation>
    </message>
    <message>
        <source>any text</source>
        <translation>任意文本</translation>
    </message>
    <message>
        <source>Counted inside parts of the model, not over the whole: see Advanced</source>
        <translation>在模型的各部分内计算，而不是整个模型：见“高级”</translation>
    </message>
    <message>
        <source>What the model is taught. The starter tasks come with the program; published sets are fetched once.</source>
        <translation>教给模型什么。入门任务随程序提供；已发布的数据集只需获取一次。</translation>
    </message>
    <message>
        <source>a starter task, a published set, or your own JSONL, JSON or CSV file</source>
        <translation>入门任务、已发布的数据集，或自己的 JSONL、JSON 或 CSV 文件</translation>
    </message>
    <message>
        <source>Ta&amp;sk</source>
        <translation>任务(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Duration</source>
        <translation>时长(&amp;D)</translation>
    </message>
    <message>
        <source>Choose a GGUF file, or the folder of a Hugging Face model.</source>
        <translation>选择 GGUF 文件，或 Hugging Face 模型的文件夹。</translation>
    </message>
    <message>
        <source>a file or a folder</source>
        <translation>文件或文件夹</translation>
    </message>
    <message>
        <source>%1 – cannot be used</source>
        <translation>%1 – 无法使用</translation>
    </message>
</context>
<context>
    <name>lori::ui::ExperimentWizard</name>
    <message>
        <source>New experiment, step by step</source>
        <translation>新实验，逐步设置</translation>
    </message>
    <message>
        <source>&amp;Start experiment</source>
        <translation>开始实验(&amp;S)</translation>
    </message>
    <message>
        <source>leaving the guide</source>
        <translation>离开向导</translation>
    </message>
    <message>
        <source>What shall the model learn?</source>
        <translation>模型要学什么？</translation>
    </message>
    <message>
        <source>Starter tasks come with the program; your own file has a question and an answer in each row.</source>
        <translation>入门任务随程序提供；您自己的文件每行有一个问题和一个答案。</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>My own &amp;file…</source>
        <translation>我自己的文件(&amp;F)…</translation>
    </message>
    <message>
        <source>choice of task</source>
        <translation>选择任务</translation>
    </message>
    <message>
        <source>Which model shall learn it?</source>
        <translation>由哪个模型来学？</translation>
    </message>
    <message>
        <source>Its own weights never change. Small models learn in minutes, large ones need memory and time.</source>
        <translation>它自己的权重从不改变。小模型几分钟就能学会，大模型需要内存和时间。</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>An&amp;other model</source>
        <translation>其他模型(&amp;O)</translation>
    </message>
    <message>
        <source>choice of model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>A sparse adapter uses few places, so that several tasks can live side by side and disturb each other less.</source>
        <translation>稀疏适配器只用少数位置，因此多个任务可以并存，彼此干扰更少。</translation>
    </message>
    <message>
        <source>S&amp;parse: trained dense, then only the largest entries are kept and trained</source>
        <translation>稀疏：先稠密训练，再只保留并训练最大的条目(&amp;P)</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Sparsity in percent</source>
        <translation>稀疏度（百分比）</translation>
    </message>
    <message>
        <source>stays zero:</source>
        <translation>保持为零：</translation>
    </message>
    <message>
        <source>&amp;Dense: every entry, the most that this adapter can learn</source>
        <translation>稠密：所有条目，这个适配器能学到的最多(&amp;D)</translation>
    </message>
    <message>
        <source>change of sparsity</source>
        <translation>更改稀疏度</translation>
    </message>
    <message>
        <source>choice of goal</source>
        <translation>选择目标</translation>
    </message>
    <message>
        <source>How long may it take?</source>
        <translation>可以花多长时间？</translation>
    </message>
    <message>
        <source>Times are for this computer. A run can be stopped and taken up again.</source>
        <translation>时间是本机的估计。运行可以停止，之后再继续。</translation>
    </message>
    <message>
        <source>S&amp;hort: 60 steps of 8 rows a stage</source>
        <translation>短：每阶段 60 步，每步 8 行(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Medium: 240 steps of 8 rows a stage</source>
        <translation>中：每阶段 240 步，每步 8 行(&amp;M)</translation>
    </message>
    <message>
        <source>As the p&amp;aper: 3 passes over the data, 32 rows a step</source>
        <translation>与论文相同：数据 3 遍，每步 32 行(&amp;A)</translation>
    </message>
    <message>
        <source>choice of duration</source>
        <translation>选择时长</translation>
    </message>
    <message>
        <source>A last look</source>
        <translation>最后看一眼</translation>
    </message>
    <message>
        <source>Everything can still be changed in the form; nothing has begun yet.</source>
        <translation>一切仍可在表单中更改；什么都还没开始。</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>change of name</source>
        <translation>更改名称</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>task, what it is</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>how long is not known yet</source>
        <translation>需要多长时间尚不清楚</translation>
    </message>
    <message>
        <source>How sparse shall the adapter be?</source>
        <translation>适配器要多稀疏？</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>model, what it is</comment>
        <translation>%1 – %2</translation>
    </message>
</context>
<context>
    <name>lori::ui::FieldEditor</name>
    <message>
        <source>Browse…</source>
        <translation>浏览…</translation>
    </message>
    <message>
        <source>Browse for: %1</source>
        <translation>浏览：%1</translation>
    </message>
    <message>
        <source>Adapt %1</source>
        <translation>适配 %1</translation>
    </message>
    <message>
        <source>Measure %1</source>
        <translation>测量%1</translation>
    </message>
    <message>
        <source>Rows measured of %1</source>
        <translation>%1的测量行数</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt;&lt;p&gt;%2&lt;/p&gt;&lt;p&gt;Allowed: %3.&lt;/p&gt;</source>
        <translation>&lt;b&gt;%1&lt;/b&gt;&lt;p&gt;%2&lt;/p&gt;&lt;p&gt;允许：%3。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Unit: %1.&lt;/p&gt;</source>
        <translation>&lt;p&gt;单位：%1。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;In the recipe: &lt;code&gt;%1&lt;/code&gt;&lt;/p&gt;</source>
        <translation>&lt;p&gt;在配方中：&lt;code&gt;%1&lt;/code&gt;&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Choose a folder</source>
        <translation>选择文件夹</translation>
    </message>
    <message>
        <source>rows (0: all)</source>
        <translation>行（0：全部）</translation>
    </message>
    <message>
        <source>Also measured, and kept as set: %1</source>
        <translation>另外还测量（保持原设置）：%1</translation>
    </message>
    <message>
        <source>%1 (0: never)</source>
        <translation>%1（0：从不）</translation>
    </message>
    <message>
        <source>Columns of the file</source>
        <translation>文件中的列</translation>
    </message>
    <message>
        <source>None: my own file</source>
        <translation>无：使用自己的文件</translation>
    </message>
    <message>
        <source>Find a task</source>
        <translation>查找任务</translation>
    </message>
    <message>
        <source>= %1</source>
        <comment>what the 0 in the field stands for</comment>
        <translation>= %1</translation>
    </message>
    <message>
        <source>not used now</source>
        <translation>目前未使用</translation>
    </message>
</context>
<context>
    <name>lori::ui::FileChoosers</name>
    <message>
        <source>&amp;Folder (Hugging Face)…</source>
        <translation>文件夹（Hugging Face）(&amp;F)…</translation>
    </message>
    <message>
        <source>Choose a model&apos;s folder</source>
        <translation>选择模型的文件夹</translation>
    </message>
    <message>
        <source>&amp;GGUF file…</source>
        <translation>GGUF 文件(&amp;G)…</translation>
    </message>
    <message>
        <source>Choose a model</source>
        <translation>选择模型</translation>
    </message>
    <message>
        <source>Models (*.gguf);;All files (*)</source>
        <translation>模型 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a data file</source>
        <translation>选择数据文件</translation>
    </message>
    <message>
        <source>Data files (*.jsonl *.json *.csv *.tsv *.gz *.parquet *.arrow);;All files (*)</source>
        <translation>数据文件 (*.jsonl *.json *.csv *.tsv *.gz *.parquet *.arrow);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation>%1 现在在哪里？</translation>
    </message>
    <message>
        <source>Models (*.gguf)</source>
        <translation>模型 (*.gguf)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message>
        <source>Data files (*.jsonl *.json *.csv *.tsv *.gz *.parquet *.arrow)</source>
        <translation>数据文件 (*.jsonl *.json *.csv *.tsv *.gz *.parquet *.arrow)</translation>
    </message>
</context>
<context>
    <name>lori::ui::FilterHeader</name>
    <message>
        <source>Filter of column %1</source>
        <translation>%1 列的筛选</translation>
    </message>
    <message>
        <source>filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>%1: a word, !word, &gt;0.8, 10..20, = for empty, ! for not empty</source>
        <translation>%1：词、!词、&gt;0.8、10..20，= 表示空，! 表示非空</translation>
    </message>
    <message>
        <source>This filter cannot be understood: a number is missing</source>
        <translation>无法理解此筛选：缺少数字</translation>
    </message>
</context>
<context>
    <name>lori::ui::FlipList</name>
    <message>
        <source>This score was measured once so far; after the next time this says which answers changed.</source>
        <translation>这个分数到目前只测量过一次；下次测量后，这里会说明哪些回答改变了。</translation>
    </message>
    <message>
        <source>Of %1 questions that both have, %2 became wrong and %3 became right.</source>
        <translation>在两者共有的 %1 个问题中，%2 个变为错误，%3 个变为正确。</translation>
    </message>
    <message>
        <source>the base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>after task %1, %2</source>
        <comment>number, name</comment>
        <translation>任务 %1（%2）之后</translation>
    </message>
    <message>
        <source>task %1, %2, step %3</source>
        <translation>任务 %1（%2），第 %3 步</translation>
    </message>
    <message>
        <source>stage %1, step %2</source>
        <translation>阶段 %1，第 %2 步</translation>
    </message>
    <message>
        <source>Answers that changed</source>
        <translation>改变了的回答</translation>
    </message>
    <message>
        <source>Which answers changed</source>
        <translation>哪些回答改变了</translation>
    </message>
    <message>
        <source>Fro&amp;m</source>
        <translation>从(&amp;M)</translation>
    </message>
    <message>
        <source>Which score&apos;s answers</source>
        <translation>哪个分数的回答</translation>
    </message>
    <message>
        <source>The earlier measurement</source>
        <translation>较早的测量</translation>
    </message>
    <message>
        <source>The later measurement</source>
        <translation>较晚的测量</translation>
    </message>
    <message>
        <source>Answers that became wrong or right</source>
        <translation>变为错误或正确的回答</translation>
    </message>
    <message>
        <source>t&amp;o</source>
        <translation>到(&amp;O)</translation>
    </message>
</context>
<context>
    <name>lori::ui::FlipModel</name>
    <message>
        <source>Became</source>
        <translation>变为</translation>
    </message>
    <message>
        <source>✗ wrong</source>
        <translation>✗ 错误</translation>
    </message>
    <message>
        <source>✓ right</source>
        <translation>✓ 正确</translation>
    </message>
    <message>
        <source>became wrong</source>
        <translation>变为错误</translation>
    </message>
    <message>
        <source>became right</source>
        <translation>变为正确</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Expected</source>
        <translation>期望</translation>
    </message>
</context>
<context>
    <name>lori::ui::FloorsBox</name>
    <message>
        <source>rows to measure</source>
        <translation>测量的行数</translation>
    </message>
    <message>
        <source>checks in between</source>
        <translation>中途检查</translation>
    </message>
    <message>
        <source>floor</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>points of a floor</source>
        <translation>下限的百分点</translation>
    </message>
    <message>
        <source>Pause when this falls: %1</source>
        <translation>下降时暂停：%1</translation>
    </message>
    <message>
        <source>Tick the task first: without a floor it is only measured</source>
        <translation>请先勾选该任务：没有下限时只测量</translation>
    </message>
    <message>
        <source>Points that %1 may fall</source>
        <translation>%1 允许下降的百分点</translation>
    </message>
    <message>
        <source>Floors</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>Everything listed is measured after each task. A ticked one pauses the run when it falls too far below its best so far; the checkpoint before the fall is kept.</source>
        <translation>列出的各项在每个任务之后都会测量。勾选的一项如果比迄今最好成绩低得太多，运行就会暂停；下降前的检查点会保留。</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量项</translation>
    </message>
    <message>
        <source>Pause below best −, points</source>
        <translation>低于最好成绩多少百分点时暂停</translation>
    </message>
    <message>
        <source>Rows measured of each (0 = all)</source>
        <translation>每项测量的行数（0 = 全部）</translation>
    </message>
    <message>
        <source>Also check every … steps (0 = never)</source>
        <translation>另外每隔多少步检查一次（0 = 从不）</translation>
    </message>
</context>
<context>
    <name>lori::ui::ForgettingModel</name>
    <message>
        <source>not measured yet</source>
        <translation>尚未测量</translation>
    </message>
    <message>
        <source>%1, %2 answers</source>
        <translation>%1，%2 个回答</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>%1 (lower is better)</source>
        <translation>%1（越低越好）</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基础</translation>
    </message>
    <message>
        <source>After %1</source>
        <translation>%1 之后</translation>
    </message>
    <message>
        <source>Lost since its best</source>
        <translation>比最好成绩损失</translation>
    </message>
    <message>
        <source>known when two tasks are done</source>
        <translation>两个任务完成后才知道</translation>
    </message>
    <message>
        <source>Forgotten: more than chance explains</source>
        <translation>已遗忘：超出偶然所能解释的程度</translation>
    </message>
    <message>
        <source>The interval holds 0: chance may explain it</source>
        <translation>区间包含 0：可能只是偶然</translation>
    </message>
    <message>
        <source>so far; the interval comes at the end</source>
        <translation>目前为止；区间在结束时给出</translation>
    </message>
</context>
<context>
    <name>lori::ui::HealthNotes</name>
    <message>
        <source>Something that must stay frozen has changed. Do not use this adapter; please report this run.</source>
        <translation>必须冻结的内容发生了变化。请不要使用此适配器，并报告此次运行。</translation>
    </message>
    <message>
        <source>The loss is no longer a number. The learning rate is probably too high: stop, and start again with a third of it.</source>
        <translation>损失不再是数值。学习率可能太高：请停止，并以其三分之一重新开始。</translation>
    </message>
    <message>
        <source>The loss is exactly 0: there is nothing to learn in these rows. Check that the answer column is the right one.</source>
        <translation>损失恰好为 0：这些行里没有可学的内容。请检查回答列是否正确。</translation>
    </message>
    <message>
        <source>The loss has not moved for %1 steps. Either everything is learnt, or the learning rate is far too small.</source>
        <translation>损失已有 %1 步没有变化。要么已全部学会，要么学习率太小。</translation>
    </message>
    <message>
        <source>The model now refuses %1 of harmless requests too. Mix helpful rows into the training data, or train for fewer steps.</source>
        <translation>模型现在也拒绝 %1 的无害请求。请在训练数据中混入有益的行，或减少训练步数。</translation>
    </message>
    <message>
        <source>The gradient is exactly 0: nothing is being learned.</source>
        <translation>梯度恰好为 0：没有学到任何东西。</translation>
    </message>
    <message>
        <source>Many entries of B have the same size, so the mask keeps more than asked for. Train LoRI-D longer, or use the exact rule.</source>
        <translation>B 中许多元素大小相同，因此掩码保留得比要求的多。请把 LoRI-D 训练得更久，或使用精确规则。</translation>
    </message>
    <message>
        <source>%1 rows were too long and were shortened.</source>
        <translation>%1 行过长，已被截短。</translation>
    </message>
    <message>
        <source>%1 rows were too long and were shortened: in %2 the prompt, in %3 the answer.</source>
        <translation>%1 行过长，已被截短：其中 %2 行截了提示，%3 行截了答案。</translation>
    </message>
    <message>
        <source>The chat template changes %1 earlier answers (it leaves thoughts out, for example); they are read, but not learned.</source>
        <translation>聊天模板会改动 %1 个较早的回答（例如略去其中的思考）；它们会被读到，但不会被学习。</translation>
    </message>
    <message>
        <source>The held-out loss was not below its best for three checks: the model may begin to memorize. Fewer steps may be better.</source>
        <translation>留出损失已连续三次检查未低于其最好值：模型可能开始死记。步数少一些也许更好。</translation>
    </message>
    <message>
        <source>The held-out loss was not below its best for %1 checks while the training loss falls: the model may begin to memorize. Stopping and keeping now is worth a thought.</source>
        <translation>留出损失已连续 %1 次检查未低于其最好值，而训练损失仍在下降：模型可能开始死记。可以考虑现在停止并保留。</translation>
    </message>
    <message>
        <source>%1 rows are longer than what the model was made for: it has not learnt such positions.</source>
        <translation>%1 行超出了模型的设计长度：模型没有学过这样的位置。</translation>
    </message>
    <message>
        <source>A change was asked for while no training stage was at work, so nothing was changed.</source>
        <translation>请求更改时没有训练阶段在进行，因此什么都没有改变。</translation>
    </message>
    <message>
        <source>The mask at step %1 could not be kept, so no further one is tried: %2.</source>
        <translation>第 %1 步的掩码无法保留，因此不再尝试：%2。</translation>
    </message>
</context>
<context>
    <name>lori::ui::HeatMap</name>
    <message>
        <source>%1 · %2: %3</source>
        <translation>%1 · %2：%3</translation>
    </message>
</context>
<context>
    <name>lori::ui::HelpDialog</name>
    <message>
        <source>Topics</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Text of the topic</source>
        <translation>主题正文</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>关闭(&amp;O)</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>lori::ui::HistoryBundles</name>
    <message numerus="yes">
        <source>%n run(s) are in %1 (%2).</source>
        <translation>
            <numerusform>%n 个运行已写入 %1（%2）。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped: nothing was written.</source>
        <translation>已停止：没有写入任何内容。</translation>
    </message>
    <message>
        <source>Progress of the export or import</source>
        <translation>导出或导入的进度</translation>
    </message>
    <message>
        <source>Sto&amp;p</source>
        <translation>停止(&amp;P)</translation>
    </message>
    <message>
        <source>Stop the export or import</source>
        <translation>停止导出或导入</translation>
    </message>
    <message>
        <source>Export runs</source>
        <translation>导出运行</translation>
    </message>
    <message>
        <source>Runs for another computer (*.lori)</source>
        <translation>给另一台计算机的运行 (*.lori)</translation>
    </message>
    <message>
        <source>Import runs</source>
        <translation>导入运行</translation>
    </message>
    <message>
        <source>Runs of another computer (*.lori);;All files (*)</source>
        <translation>另一台计算机的运行 (*.lori);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Writing %1 …</source>
        <translation>正在写入 %1 …</translation>
    </message>
    <message>
        <source>Reading %1 …</source>
        <translation>正在读取 %1 …</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) came from %1.</source>
        <translation>
            <numerusform>从 %1 导入了 %n 个运行。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them got a new id, because another run has theirs.</source>
        <translation>
            <numerusform>其中 %n 个换了新编号，因为已有其他运行使用原编号。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) of the file are here already, the same; nothing was done with them.</source>
        <translation>
            <numerusform>文件中的 %n 个运行这里已经有了，内容相同；未作任何改动。</numerusform>
        </translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>显示</translation>
    </message>
</context>
<context>
    <name>lori::ui::HistoryDetails</name>
    <message>
        <source>The selected run</source>
        <translation>所选运行</translation>
    </message>
    <message>
        <source>Parts of the selected run</source>
        <translation>所选运行的各部分</translation>
    </message>
    <message>
        <source>&amp;Charts</source>
        <translation>图表(&amp;C)</translation>
    </message>
    <message>
        <source>Facts about the run</source>
        <translation>运行的基本情况</translation>
    </message>
    <message>
        <source>Tags of the run</source>
        <translation>运行的标签</translation>
    </message>
    <message>
        <source>N&amp;ote:</source>
        <translation>备注(&amp;O)：</translation>
    </message>
    <message>
        <source>Note about the run</source>
        <translation>运行的备注</translation>
    </message>
    <message>
        <source>What did you learn from this run?</source>
        <translation>您从这次运行中学到了什么？</translation>
    </message>
    <message>
        <source>Command line that does the same</source>
        <translation>效果相同的命令行</translation>
    </message>
    <message>
        <source>Configuration of the run as JSON</source>
        <translation>JSON 形式的运行配置</translation>
    </message>
    <message>
        <source>Select a run to see it here.</source>
        <translation>选择一个运行以在此查看。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Problem</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>score before and after</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>not finished</source>
        <translation>未完成</translation>
    </message>
    <message numerus="yes">
        <source>%n step(s), %1</source>
        <translation>
            <numerusform>%n 步，%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>%1 of %2 entries kept</source>
        <translation>%2 个条目中保留 %1 个</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>the run&apos;s folder is gone</source>
        <translation>该运行的文件夹已不存在</translation>
    </message>
    <message>
        <source>Trained on</source>
        <translation>训练数据</translation>
    </message>
    <message>
        <source>Overv&amp;iew</source>
        <translation>概览(&amp;I)</translation>
    </message>
    <message>
        <source>Reci&amp;pe</source>
        <translation>配方(&amp;P)</translation>
    </message>
    <message>
        <source>Tags, &amp;separated by commas:</source>
        <translation>标签（以逗号分隔）(&amp;S)：</translation>
    </message>
    <message>
        <source>Note about the run, formatted</source>
        <translation>关于此运行的备注（已排版）</translation>
    </message>
    <message>
        <source>Click, or press Enter, to edit</source>
        <translation>单击或按 Enter 键编辑</translation>
    </message>
</context>
<context>
    <name>lori::ui::HistoryModel</name>
    <message>
        <source>Waiting</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Stages</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已置顶</translation>
    </message>
    <message>
        <source>the baseline</source>
        <translation>基线</translation>
    </message>
    <message>
        <source>%1 against the baseline</source>
        <translation>%1（与基线相比）</translation>
    </message>
    <message>
        <source>%1, no clear difference</source>
        <comment>points</comment>
        <translation>%1，无明显差异</translation>
    </message>
</context>
<context>
    <name>lori::ui::HistoryPage</name>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Search name, note, tags, model …</source>
        <translation>搜索名称、备注、标签、模型…</translation>
    </message>
    <message>
        <source>Search the history</source>
        <translation>搜索历史</translation>
    </message>
    <message>
        <source>Actions on the selected run</source>
        <translation>对所选运行的操作</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>列(&amp;C)</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>选择列</translation>
    </message>
    <message>
        <source>Past runs</source>
        <translation>以往的运行</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>打开(&amp;O)</translation>
    </message>
    <message>
        <source>Resu&amp;me</source>
        <translation>恢复运行(&amp;M)</translation>
    </message>
    <message>
        <source>Show mas&amp;ks</source>
        <translation>显示掩码(&amp;K)</translation>
    </message>
    <message>
        <source>Re&amp;name</source>
        <translation>重命名(&amp;N)</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>还原</translation>
    </message>
    <message>
        <source>E&amp;xport rows …</source>
        <translation>导出行(&amp;X)…</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>Show trash</source>
        <translation>显示回收站</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>The trash is empty</source>
        <translation>回收站是空的</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>还没有运行</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 个运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n run(s)</source>
        <translation>
            <numerusform>%n 个运行中的 %1 个</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is in the trash.</source>
        <translation>%1 已在回收站中。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Export rows</source>
        <translation>导出行</translation>
    </message>
    <message>
        <source>Table (*.csv)</source>
        <translation>表格 (*.csv)</translation>
    </message>
    <message>
        <source>Cannot save %1: %2</source>
        <translation>无法保存 %1：%2</translation>
    </message>
    <message>
        <source>%1 was not written: rows are saved as .csv, which every table program opens</source>
        <translation>没有写入 %1：数据行保存为 .csv，任何表格程序都能打开</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>&amp;Use these settings</source>
        <translation>使用这些设置(&amp;U)</translation>
    </message>
    <message>
        <source>Open the experiment form with the settings of this run</source>
        <translation>用此运行的设置打开实验表单</translation>
    </message>
    <message>
        <source>Com&amp;pare</source>
        <translation>比较(&amp;P)</translation>
    </message>
    <message>
        <source>Com&amp;pare (%1)</source>
        <translation>比较（%1）(&amp;P)</translation>
    </message>
    <message>
        <source>Select runs to compare; Ctrl or Shift selects several</source>
        <translation>选择要比较的运行；按住 Ctrl 或 Shift 可选多次</translation>
    </message>
    <message>
        <source>Compare this run with its model before training (Ctrl+D)</source>
        <translation>将此运行与训练前的模型比较 (Ctrl+D)</translation>
    </message>
    <message>
        <source>Compare the selected runs (Ctrl+D)</source>
        <translation>比较所选运行 (Ctrl+D)</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) are in the trash.</source>
        <translation>
            <numerusform>%n 次运行已在回收站中。</numerusform>
        </translation>
    </message>
    <message>
        <source>Move to tr&amp;ash</source>
        <translation>移到回收站(&amp;A)</translation>
    </message>
    <message>
        <source>Nothing is in the trash.</source>
        <translation>回收站是空的。</translation>
    </message>
    <message>
        <source>Nothing yet. Every run that is started shows here.</source>
        <translation>还没有内容。每次启动的运行都会显示在这里。</translation>
    </message>
    <message>
        <source>No run matches what is searched for. &lt;a href=&quot;clear&quot;&gt;Clear filters&lt;/a&gt;</source>
        <translation>没有符合搜索条件的运行。&lt;a href=&quot;clear&quot;&gt;清除筛选&lt;/a&gt;</translation>
    </message>
    <message>
        <source>Export selected</source>
        <translation>导出所选</translation>
    </message>
    <message>
        <source>Write the selected runs into one file, for the history of another computer</source>
        <translation>把所选的运行写入一个文件，供另一台计算机的历史使用</translation>
    </message>
    <message>
        <source>Results only …</source>
        <translation>仅结果…</translation>
    </message>
    <message>
        <source>With adapters …</source>
        <translation>包括适配器…</translation>
    </message>
    <message>
        <source>Import …</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Add the runs of a .lori file; what is here already stays as it is</source>
        <translation>添加 .lori 文件中的运行；已有的内容保持不变</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>This run has made neither a LoRI-D adapter nor a mask</source>
        <translation>此运行既没有 LoRI-D 适配器，也没有掩码</translation>
    </message>
    <message>
        <source>Side by side…</source>
        <translation>并排显示…</translation>
    </message>
    <message>
        <source>This takes two runs or more</source>
        <translation>需要两个或更多运行</translation>
    </message>
    <message>
        <source>Draw the selected runs as lines across their settings and scores</source>
        <translation>把所选运行画成穿过各设置和分数的折线</translation>
    </message>
    <message>
        <source>Draw the runs of the table as lines across their settings and scores</source>
        <translation>把表格中的运行画成穿过各设置和分数的折线</translation>
    </message>
    <message numerus="yes">
        <source>The first %1 of %n run(s) are drawn; more do not fit.</source>
        <translation>
            <numerusform>共 %n 个运行，只画出前 %1 个；更多无法容纳。</numerusform>
        </translation>
    </message>
    <message>
        <source>Do not pin</source>
        <translation>取消置顶</translation>
    </message>
    <message>
        <source>Pin on top</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>No baseline</source>
        <translation>取消基线</translation>
    </message>
    <message>
        <source>Make baseline</source>
        <translation>设为基线</translation>
    </message>
    <message>
        <source>Show how the scores of the other runs differ from those of this one</source>
        <translation>显示其他运行的分数与此运行的差异</translation>
    </message>
</context>
<context>
    <name>lori::ui::HistoryService</name>
    <message>
        <source>change of name</source>
        <translation>更改名称</translation>
    </message>
    <message>
        <source>change of note</source>
        <translation>更改备注</translation>
    </message>
    <message>
        <source>change of tags</source>
        <translation>更改标签</translation>
    </message>
    <message>
        <source>move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>restore from trash</source>
        <translation>从回收站恢复</translation>
    </message>
</context>
<context>
    <name>lori::ui::HistoryViews</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose a view first</source>
        <translation>请先选择一个视图</translation>
    </message>
    <message>
        <source>Delete the chosen view</source>
        <translation>删除所选视图</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请取一个名称。</translation>
    </message>
    <message>
        <source>This replaces the view of this name.</source>
        <translation>这会替换同名的视图。</translation>
    </message>
    <message>
        <source>Keep this view</source>
        <translation>保存此视图</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保存(&amp;K)</translation>
    </message>
    <message>
        <source>The view %1 is deleted.</source>
        <translation>已删除视图 %1。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>View:</source>
        <translation>视图：</translation>
    </message>
    <message>
        <source>Saved view of the table</source>
        <translation>已保存的表格视图</translation>
    </message>
    <message>
        <source>Filters, order and columns that were kept under a name</source>
        <translation>以名称保存的筛选、排序和列</translation>
    </message>
    <message>
        <source>Keep…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Keep the filters, the order and the columns under a name</source>
        <translation>用一个名称保存筛选、排序和列</translation>
    </message>
    <message>
        <source>Keep this view of the table</source>
        <translation>保存此表格视图</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the saved view</source>
        <translation>删除已保存的视图</translation>
    </message>
</context>
<context>
    <name>lori::ui::HomePage</name>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余%1</translation>
    </message>
    <message>
        <source>working out how long it will take</source>
        <translation>正在估算所需时间</translation>
    </message>
    <message>
        <source>%1
%2</source>
        <translation>%1
%2</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>LoRI Workbench</source>
        <translation>LoRI 工作台</translation>
    </message>
    <message>
        <source>Teach a language model something new by training only a sparse sliver of it – and see what changed.</source>
        <translation>只训练极小的稀疏部分，教语言模型新的东西，并看到发生了什么变化。</translation>
    </message>
    <message>
        <source>&amp;Quick look</source>
        <translation>快速体验(&amp;Q)</translation>
    </message>
    <message>
        <source>Choose model, task, goal and sparsity yourself; seven choices, or every setting.</source>
        <translation>自己选择模型、任务、目标和稀疏度；七个选项，或全部设置。</translation>
    </message>
    <message>
        <source>&amp;Open history</source>
        <translation>打开历史(&amp;O)</translation>
    </message>
    <message>
        <source>Every run so far: find, compare, annotate, duplicate.</source>
        <translation>至今的所有运行：查找、比较、备注、复制。</translation>
    </message>
    <message>
        <source>Last results</source>
        <translation>最近结果</translation>
    </message>
    <message>
        <source>Nothing yet. The first finished run shows here what it changed, with intervals.</source>
        <translation>暂无。第一个完成的运行会在这里显示它改变了什么，并附区间。</translation>
    </message>
    <message>
        <source>What LoRI is</source>
        <translation>LoRI 是什么</translation>
    </message>
    <message>
        <source>&amp;Watch</source>
        <translation>观看(&amp;W)</translation>
    </message>
    <message>
        <source>Watch the run</source>
        <translation>观看运行</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>What was done so far cannot be shown now: %1. Your runs are safe in %2.</source>
        <translation>目前无法显示以前的结果：%1。您的运行都安全地在 %2 中。</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>下一步：%1</translation>
    </message>
    <message>
        <source>&amp;New experiment</source>
        <translation>新实验(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Use my own data</source>
        <translation>使用我自己的数据(&amp;U)</translation>
    </message>
    <message>
        <source>Open a file with questions and answers, look at it, and train on it.</source>
        <translation>打开一个含有问题和答案的文件，查看它，并用它训练。</translation>
    </message>
    <message>
        <source>A first training of the small built-in model, filled in and ready to start: LoRI-D, mask, LoRI-S, with live charts.</source>
        <translation>用内置小模型做第一次训练，已填好，随时可以开始：LoRI-D、掩码、LoRI-S，附实时图表。</translation>
    </message>
</context>
<context>
    <name>lori::ui::HowItWorks</name>
    <message>
        <source>The model W stays as it is</source>
        <translation>模型 W 保持不变</translation>
    </message>
    <message>
        <source>A is random and frozen</source>
        <translation>A 随机并冻结</translation>
    </message>
    <message>
        <source>LoRI-D trains B</source>
        <translation>LoRI-D 训练 B</translation>
    </message>
    <message>
        <source>The mask keeps the largest entries of B</source>
        <translation>掩码保留 B 中最大的条目</translation>
    </message>
    <message>
        <source>LoRI-S trains only what was kept</source>
        <translation>LoRI-S 只训练保留的部分</translation>
    </message>
    <message>
        <source>Such adapters hardly disturb each other</source>
        <translation>这样的适配器几乎互不干扰</translation>
    </message>
    <message>
        <source>What LoRI is, in six steps</source>
        <translation>六步了解 LoRI</translation>
    </message>
</context>
<context>
    <name>lori::ui::InterferenceWords</name>
    <message>
        <source>Cosine of the changes</source>
        <translation>改动的余弦</translation>
    </message>
    <message>
        <source>Overlap of the masks</source>
        <translation>掩码重叠</translation>
    </message>
    <message>
        <source>Sign conflicts</source>
        <translation>符号冲突</translation>
    </message>
    <message>
        <source>0: at right angles</source>
        <translation>0：互相垂直</translation>
    </message>
    <message>
        <source>chance: %1</source>
        <translation>随机：%1</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Cosine</source>
        <translation>余弦</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>随机值</translation>
    </message>
    <message>
        <source>Whole model</source>
        <translation>整个模型</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>%1 and %2: cosine %3 · masks overlap %4 (chance %5) · signs conflict in %6 of what both use (chance 50 %)</source>
        <translation>%1 与 %2：余弦 %3 · 掩码重叠 %4（随机 %5）· 共用元素中符号冲突 %6（随机 50 %）</translation>
    </message>
    <message>
        <source>The changes cancel each other in part: the sum has %1 of their energy.</source>
        <translation>改动部分互相抵消：总和只有各自能量之和的 %1。</translation>
    </message>
    <message>
        <source>The changes point the same way in part: the sum has %1 of their energy.</source>
        <translation>改动部分方向相同：总和是各自能量之和的 %1。</translation>
    </message>
    <message>
        <source>Nothing cancels: the sum has %1 of their energy.</source>
        <translation>没有抵消：总和是各自能量之和的 %1。</translation>
    </message>
    <message>
        <source>The adapters are dense: no mask keeps them apart.</source>
        <translation>这些适配器是稠密的：没有掩码把它们分开。</translation>
    </message>
    <message>
        <source>The masks share no entry.</source>
        <translation>掩码没有共同的元素。</translation>
    </message>
    <message>
        <source>Masks overlap by %1 at most, chance %2: as good as independent.</source>
        <translation>掩码最多重叠 %1，随机值为 %2：几乎相互独立。</translation>
    </message>
    <message>
        <source>The masks of %1 and %2 overlap by %3, chance %4: both want the same entries.</source>
        <translation>%1 与 %2 的掩码重叠 %3，随机值为 %4：两者争用相同的元素。</translation>
    </message>
    <message>
        <source>They have the same A, and %1 of the shared entries have opposite signs.</source>
        <translation>它们的 A 相同，且 %1 的共用元素符号相反。</translation>
    </message>
    <message>
        <source>The changes are nearly at right angles (cosine %1 at most).</source>
        <translation>改动几乎互相垂直（余弦最多 %1）。</translation>
    </message>
    <message>
        <source>%1 and %2 work against each other (cosine %3).</source>
        <translation>%1 与 %2 互相对抗（余弦 %3）。</translation>
    </message>
    <message>
        <source>%1 and %2 change the model in a similar way (cosine %3).</source>
        <translation>%1 与 %2 对模型的改动相似（余弦 %3）。</translation>
    </message>
    <message>
        <source>One adapter is dense: it uses every entry that another one has, and no mask keeps those two apart.</source>
        <translation>有一个适配器是稠密的:另一个适配器用到的元素它全都使用,没有掩码能把这两者分开。</translation>
    </message>
</context>
<context>
    <name>lori::ui::JobRow</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Progress of %1</source>
        <translation>%1 的进度</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>还剩 %1</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop %1</source>
        <translation>停止 %1</translation>
    </message>
</context>
<context>
    <name>lori::ui::JobsCard</name>
    <message>
        <source>At work</source>
        <translation>进行中</translation>
    </message>
</context>
<context>
    <name>lori::ui::LayerBars</name>
    <message>
        <source>layer %1: %2 kept</source>
        <translation>第 %1 层：保留 %2</translation>
    </message>
    <message>
        <source>Kept share of each layer</source>
        <translation>每层保留的比例</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>lori::ui::LineageView</name>
    <message>
        <source>%1; from %2</source>
        <translation>%1；来自 %2</translation>
    </message>
</context>
<context>
    <name>lori::ui::MachineFacts</name>
    <message numerus="yes">
        <source>%n core(s)</source>
        <translation>
            <numerusform>%n 个核心</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 memory, %2 free</source>
        <translation>内存 %1，可用 %2</translation>
    </message>
    <message>
        <source>%1 disk free</source>
        <translation>磁盘可用 %1</translation>
    </message>
    <message>
        <source>no graphics card for training</source>
        <translation>没有可用于训练的显卡</translation>
    </message>
</context>
<context>
    <name>lori::ui::MainActions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>外观(&amp;L)</translation>
    </message>
    <message>
        <source>La&amp;nguage</source>
        <translation>语言(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>运行(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>工具(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New experiment</source>
        <translation>新实验(&amp;N)</translation>
    </message>
    <message>
        <source>Set up a new experiment</source>
        <translation>设置新的实验</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>Close the window; a running experiment can go on in the background</source>
        <translation>关闭窗口；正在运行的实验可在后台继续</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <comment>look</comment>
        <translation>系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <comment>language</comment>
        <translation>系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>全屏(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Reset window layout</source>
        <translation>重置窗口布局(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Open the folder with all files</source>
        <translation>打开存放所有文件的文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>Runs, adapters, masks and the history lie there</source>
        <translation>运行、适配器、掩码和历史都在那里</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;What&apos;s this?</source>
        <translation>这是什么？(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;About LoRI Workbench</source>
        <translation>关于 LoRI 工作台(&amp;A)</translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation>工具栏</translation>
    </message>
    <message>
        <source>&amp;Start experiment</source>
        <translation>开始实验(&amp;S)</translation>
    </message>
    <message>
        <source>Show r&amp;ecipe</source>
        <translation>显示配方(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Go on where the run was paused</source>
        <translation>从暂停处继续</translation>
    </message>
    <message>
        <source>Hold the run after the current step; the model stays loaded</source>
        <translation>当前步完成后暂停；模型仍在内存中</translation>
    </message>
    <message>
        <source>Stop and &amp;keep</source>
        <translation>停止并保留(&amp;K)</translation>
    </message>
    <message>
        <source>Save a checkpoint and end; the run can be resumed later</source>
        <translation>保存检查点并结束；以后可以恢复运行</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>恢复(&amp;R)</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint</source>
        <translation>从最后一个检查点继续</translation>
    </message>
    <message>
        <source>&amp;Discard run</source>
        <translation>丢弃运行(&amp;D)</translation>
    </message>
    <message>
        <source>End the run and throw away what it made</source>
        <translation>结束运行并丢弃其产物</translation>
    </message>
    <message>
        <source>What was &amp;measured</source>
        <translation>测得的结果(&amp;M)</translation>
    </message>
    <message>
        <source>Experiments of the paper on the built-in model, with tables and intervals</source>
        <translation>论文的实验在内置模型上的结果，附表格和区间</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>Look, language, where files are kept, trash</source>
        <translation>外观、语言、文件位置、废纸篓</translation>
    </message>
    <message>
        <source>&amp;Find anything…</source>
        <translation>查找任何东西(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Help for this page</source>
        <translation>本页帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Five-minute &amp;tour</source>
        <translation>五分钟导览(&amp;T)</translation>
    </message>
    <message>
        <source>Train the built-in model once, step by step</source>
        <translation>一步一步地把内置模型训练一遍</translation>
    </message>
    <message>
        <source>&amp;Open…</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open a recipe, rows, a model, or runs of another computer</source>
        <translation>打开配方、数据、模型，或另一台电脑的运行</translation>
    </message>
    <message>
        <source>An action, a run, an adapter, a setting or a text of the help by its name</source>
        <translation>按名称查找操作、运行、适配器、设置或帮助文本</translation>
    </message>
    <message>
        <source>&amp;Measure now</source>
        <translation>立即测量(&amp;M)</translation>
    </message>
    <message>
        <source>Answer the questions of the checks after this step; training then goes on</source>
        <translation>在这一步之后回答检查用的问题，然后继续训练</translation>
    </message>
    <message>
        <source>S&amp;ave a checkpoint now</source>
        <translation>立即保存检查点(&amp;A)</translation>
    </message>
    <message>
        <source>After this step; Branch and Resume can then begin here</source>
        <translation>在这一步之后；“分支”和“恢复”随后可从这里开始</translation>
    </message>
</context>
<context>
    <name>lori::ui::MainWindow</name>
    <message>
        <source>Show it</source>
        <translation>显示</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) at work in the background; attached.</source>
        <translation>
            <numerusform>后台有 %n 个运行正在进行；已连接。</numerusform>
        </translation>
    </message>
    <message>
        <source>The files are in %1</source>
        <translation>文件在 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) at work. A run needs no window: it can go on, and shows here again when you come back.</source>
        <translation>
            <numerusform>有 %n 个运行正在进行。运行不需要窗口：它可以继续，您回来时会再次显示。</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep running in the background</source>
        <translation>在后台继续运行</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>LoRI Workbench</source>
        <translation>LoRI 工作台</translation>
    </message>
    <message>
        <source>Your files in %1 cannot be written: %2. What is there is safe, but nothing new can be kept.</source>
        <translation>无法写入 %1 中的文件：%2。已有的内容是安全的，但新的内容无法保存。</translation>
    </message>
    <message>
        <source>Choose another folder…</source>
        <translation>选择另一个文件夹…</translation>
    </message>
    <message>
        <source>Choose a folder for runs and history</source>
        <translation>选择存放运行和历史的文件夹</translation>
    </message>
    <message>
        <source>The program could not be started again: %1</source>
        <translation>无法重新启动程序：%1</translation>
    </message>
    <message>
        <source>There is no file %1. Check its name and place.</source>
        <translation>没有文件 %1。请检查名称和位置。</translation>
    </message>
    <message>
        <source>%1 is nothing that opens here. What does: recipes, .lori files, folders of runs, adapters and models, GGUF files, and rows as .jsonl, .json, .csv, .tsv, .parquet or .arrow.</source>
        <translation>%1 无法在这里打开。可以打开的有：配方，.lori 文件，运行、适配器和模型的文件夹，GGUF 文件，以及 .jsonl、.json、.csv、.tsv、.parquet 或 .arrow 格式的数据。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>All that opens here (*.json *.jsonl *.ndjson *.csv *.tsv *.parquet *.arrow *.feather *.gz *.gguf *.safetensors *.lori)</source>
        <translation>这里能打开的所有文件 (*.json *.jsonl *.ndjson *.csv *.tsv *.parquet *.arrow *.feather *.gz *.gguf *.safetensors *.lori)</translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation>配方 (*.json)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>所有文件 (*)</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) paused, with the model still in memory. A run needs no window: it waits, and shows here again when you come back.</source>
        <translation>
            <numerusform>%n 个运行已暂停，模型仍在内存中。运行不需要窗口：它会等待，您回来时会再次显示在这里。</numerusform>
        </translation>
    </message>
    <message>
        <source>Leave it paused</source>
        <translation>保持暂停</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s) lay in the trash for more than %1 days and are deleted.</source>
        <translation>
            <numerusform>%n 次运行在回收站中超过 %1 天，现予删除。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MaskControls</name>
    <message>
        <source>What the mask keeps</source>
        <translation>掩码保留了什么</translation>
    </message>
    <message>
        <source>&amp;Stored mask</source>
        <translation>存储的掩码(&amp;S)</translation>
    </message>
    <message>
        <source>Show the stored mask</source>
        <translation>显示存储的掩码</translation>
    </message>
    <message>
        <source>&amp;Preview another sparsity</source>
        <translation>预览其他稀疏度(&amp;P)</translation>
    </message>
    <message>
        <source>Show what another sparsity would keep</source>
        <translation>显示其他稀疏度会保留什么</translation>
    </message>
    <message>
        <source>Sp&amp;arsity: share of B that stays zero</source>
        <translation>稀疏度：B 中保持为零的比例(&amp;A)</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Sparsity in percent</source>
        <translation>稀疏度（百分比）</translation>
    </message>
    <message>
        <source>S&amp;cope: where the largest entries compete</source>
        <translation>范围：最大条目在哪里竞争(&amp;C)</translation>
    </message>
    <message>
        <source>Scope of the threshold</source>
        <translation>阈值的范围</translation>
    </message>
    <message>
        <source>Kept in each layer (dashed: whole model)</source>
        <translation>每层保留的比例（虚线：整个模型）</translation>
    </message>
    <message>
        <source>&amp;Use this sparsity in a new experiment</source>
        <translation>在新实验中使用此稀疏度(&amp;U)</translation>
    </message>
    <message>
        <source>Use this sparsity in a new experiment</source>
        <translation>在新实验中使用此稀疏度</translation>
    </message>
    <message>
        <source>%1 kept: %2 of %3 entries</source>
        <translation>保留 %1：%3 个条目中的 %2 个</translation>
    </message>
    <message>
        <source>%1 of B&apos;s norm kept, %2 lost</source>
        <translation>保留 B 范数的 %1，损失 %2</translation>
    </message>
    <message>
        <source>Smallest kept |b|: %1</source>
        <translation>保留的最小 |b|：%1</translation>
    </message>
    <message>
        <source>layer %1 %2</source>
        <translation>第 %1 层 %2</translation>
    </message>
    <message numerus="yes">
        <source>⚠ %n module(s) keep nothing and will not learn in LoRI-S: %1</source>
        <translation>
            <numerusform>⚠ %n 个模块什么也不保留，在 LoRI-S 中不会学习：%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more than the share asks for: entries equal to the smallest kept one are kept too</source>
        <translation>
            <numerusform>比该比例所要求的多 %n 个：与最小的保留条目相等的条目也会保留</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MaskMap</name>
    <message>
        <source>Map of kept entries: layers by projections</source>
        <translation>保留条目图：层 × 投影</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Choose a run or an adapter to see what its mask keeps</source>
        <translation>选择运行或适配器，查看其掩码保留了什么</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>whole model: %1 (bar)</source>
        <translation>整个模型：%1（条形）</translation>
    </message>
</context>
<context>
    <name>lori::ui::MaskPairWords</name>
    <message>
        <source>%1, stage %2</source>
        <comment>a run&apos;s name and a number</comment>
        <translation>%1，第 %2 阶段</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a run&apos;s name; why its mask cannot be read</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Of all places, %1 are kept by no mask and are free for another task; %2 by every mask.</source>
        <translation>在所有位置中，%1 没有任何掩码保留，可留给另一个任务；%2 被每个掩码保留。</translation>
    </message>
    <message>
        <source>First mask</source>
        <translation>第一个掩码</translation>
    </message>
    <message>
        <source>Second mask</source>
        <translation>第二个掩码</translation>
    </message>
    <message>
        <source>Kept by both</source>
        <translation>两者都保留</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>随机情况</translation>
    </message>
    <message>
        <source>Times chance</source>
        <translation>随机的倍数</translation>
    </message>
    <message>
        <source>First in second</source>
        <translation>第一个在第二个中</translation>
    </message>
    <message>
        <source>Second in first</source>
        <translation>第二个在第一个中</translation>
    </message>
    <message>
        <source>%1 and %2: overlap %3, by chance %4</source>
        <translation>%1 与 %2：重叠 %3，随机情况 %4</translation>
    </message>
    <message>
        <source>Overlap: kept by both ÷ kept by at least one</source>
        <translation>重叠：两者都保留 ÷ 至少一个保留</translation>
    </message>
    <message>
        <source>chance: %1</source>
        <translation>随机：%1</translation>
    </message>
</context>
<context>
    <name>lori::ui::MaskSetView</name>
    <message>
        <source>Add a mask file</source>
        <translation>添加掩码文件</translation>
    </message>
    <message>
        <source>Masks (*.safetensors *.pt);;All files (*)</source>
        <translation>掩码 (*.safetensors *.pt);;所有文件 (*)</translation>
    </message>
    <message>
        <source>There is no mask in it.</source>
        <translation>其中没有掩码。</translation>
    </message>
    <message>
        <source>Choose a mask file, or a run with a mask.</source>
        <translation>请选择掩码文件，或有掩码的运行。</translation>
    </message>
    <message numerus="yes">
        <source>Masks exist after the mask stage of a training; this view needs %n of them. Train with LoRI-S, or add a mask file.</source>
        <translation>
            <numerusform>训练的掩码阶段之后才有掩码；此视图需要 %n 个。请用 LoRI-S 训练，或添加掩码文件。</numerusform>
        </translation>
    </message>
    <message>
        <source>Set up an experiment</source>
        <translation>设置实验</translation>
    </message>
    <message numerus="yes">
        <source>Tick %n mask(s) or more in the list.</source>
        <translation>
            <numerusform>请在列表中勾选 %n 个或更多掩码。</numerusform>
        </translation>
    </message>
    <message>
        <source>Reading the masks …</source>
        <translation>正在读取掩码……</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Reading was cancelled.</source>
        <translation>读取已取消。</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Masks (Space ticks, up to %1)</source>
        <translation>掩码（空格勾选，最多 %1 个）</translation>
    </message>
    <message>
        <source>Masks to look at together</source>
        <translation>要一起查看的掩码</translation>
    </message>
    <message>
        <source>A&amp;dd a mask file …</source>
        <translation>添加掩码文件…(&amp;D)</translation>
    </message>
    <message>
        <source>Add a mask file from elsewhere</source>
        <translation>添加别处的掩码文件</translation>
    </message>
</context>
<context>
    <name>lori::ui::MaskTableModel</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Kept entries</source>
        <translation>保留的条目</translation>
    </message>
    <message>
        <source>All entries</source>
        <translation>全部条目</translation>
    </message>
    <message>
        <source>Norm kept</source>
        <translation>保留的范数</translation>
    </message>
</context>
<context>
    <name>lori::ui::MasksPage</name>
    <message>
        <source>Opening the adapter …</source>
        <translation>正在打开适配器…</translation>
    </message>
    <message>
        <source>Sorting the entries of B …</source>
        <translation>正在对 B 的条目排序…</translation>
    </message>
    <message>
        <source>Reading the mask …</source>
        <translation>正在读取掩码…</translation>
    </message>
    <message>
        <source>layer %1 · %2: %3</source>
        <translation>第 %1 层 · %2：%3</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>Run or adapter whose mask is shown</source>
        <translation>显示其掩码的运行或适配器</translation>
    </message>
    <message>
        <source>Masks exist after LoRI-D</source>
        <translation>掩码在 LoRI-D 之后出现</translation>
    </message>
    <message>
        <source>Look for runs and adapters again</source>
        <translation>重新查找运行和适配器</translation>
    </message>
    <message>
        <source>&amp;Open …</source>
        <translation>打开(&amp;O)…</translation>
    </message>
    <message>
        <source>Open an adapter folder</source>
        <translation>打开适配器文件夹</translation>
    </message>
    <message>
        <source>Show the numbers as a table</source>
        <translation>以表格显示数字</translation>
    </message>
    <message>
        <source>← &amp;Back to the map</source>
        <translation>← 返回总图(&amp;B)</translation>
    </message>
    <message>
        <source>Back to the map of all modules</source>
        <translation>返回所有模块的总图</translation>
    </message>
    <message>
        <source>Loading</source>
        <translation>正在加载</translation>
    </message>
    <message>
        <source>Ca&amp;ncel</source>
        <translation>取消(&amp;N)</translation>
    </message>
    <message>
        <source>Cancel loading</source>
        <translation>取消加载</translation>
    </message>
    <message>
        <source>Table of kept entries by module</source>
        <translation>按模块列出保留条目的表格</translation>
    </message>
    <message>
        <source>Table of the entries of one B</source>
        <translation>一个 B 的条目表格</translation>
    </message>
    <message>
        <source>This run has no mask yet; masks exist after LoRI-D.</source>
        <translation>此运行还没有掩码；掩码在 LoRI-D 之后出现。</translation>
    </message>
    <message>
        <source>Open an adapter&apos;s or a run&apos;s folder</source>
        <translation>打开适配器或运行的文件夹</translation>
    </message>
    <message>
        <source>Loading …</source>
        <translation>正在加载…</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Run or &amp;adapter:</source>
        <translation>运行或适配器(&amp;A)：</translation>
    </message>
    <message>
        <source>Refre&amp;sh</source>
        <translation>刷新(&amp;S)</translation>
    </message>
    <message>
        <source>Sho&amp;w as table</source>
        <translation>以表格显示(&amp;W)</translation>
    </message>
    <message>
        <source>Views of masks</source>
        <translation>掩码的视图</translation>
    </message>
    <message>
        <source>One mas&amp;k</source>
        <translation>单个掩码(&amp;K)</translation>
    </message>
    <message>
        <source>Co&amp;mpare</source>
        <translation>比较(&amp;M)</translation>
    </message>
    <message>
        <source>Terr&amp;itory</source>
        <translation>领地(&amp;I)</translation>
    </message>
    <message>
        <source>Sparsit&amp;y sweep</source>
        <translation>稀疏度扫描(&amp;Y)</translation>
    </message>
    <message>
        <source>Save …</source>
        <translation>保存 …</translation>
    </message>
    <message>
        <source>Save this picture or its numbers</source>
        <translation>保存这张图或它的数字</translation>
    </message>
    <message>
        <source>LoRI-D, stage %1</source>
        <translation>LoRI-D，阶段 %1</translation>
    </message>
    <message>
        <source>There is nothing to save yet.</source>
        <translation>还没有可保存的内容。</translation>
    </message>
    <message>
        <source>%1 was not written: a name ends in .png or .csv</source>
        <translation>未写入 %1：名称须以 .png 或 .csv 结尾</translation>
    </message>
    <message>
        <source> · layer %1 · %2</source>
        <translation> · 第 %1 层 · %2</translation>
    </message>
    <message>
        <source>Cannot save %1: %2</source>
        <translation>无法保存 %1：%2</translation>
    </message>
    <message>
        <source>Save picture</source>
        <translation>保存图片</translation>
    </message>
    <message>
        <source>Picture (*.png);;Numbers (*.csv)</source>
        <translation>图片 (*.png);;数字 (*.csv)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Through trainin&amp;g</source>
        <translation>训练过程(&amp;G)</translation>
    </message>
    <message>
        <source>Into a file; Ctrl+C copies the picture</source>
        <translation>保存到文件；Ctrl+C 复制图片</translation>
    </message>
    <message>
        <source>There is nothing to copy yet.</source>
        <translation>还没有可复制的内容。</translation>
    </message>
    <message>
        <source>The picture is in the clipboard. Save … writes its numbers.</source>
        <translation>图片已复制到剪贴板。“保存 …”可写出其数字。</translation>
    </message>
    <message>
        <source>The picture and its numbers are in the clipboard.</source>
        <translation>图片及其数字已复制到剪贴板。</translation>
    </message>
</context>
<context>
    <name>lori::ui::MasksTab</name>
    <message>
        <source>a mask with itself</source>
        <translation>掩码与自身</translation>
    </message>
    <message>
        <source>Overlap of the masks</source>
        <translation>掩码的重叠</translation>
    </message>
    <message>
        <source>Overlap of each two masks</source>
        <translation>每两个掩码的重叠</translation>
    </message>
    <message>
        <source>Reading the masks …</source>
        <translation>正在读取掩码…</translation>
    </message>
    <message>
        <source>The masks cannot be compared. %1</source>
        <translation>这些掩码无法比较。%1</translation>
    </message>
    <message numerus="yes">
        <source>Two masks are needed, and these runs have %n. Compare runs that trained LoRI-S.</source>
        <translation>
            <numerusform>需要两个掩码，而这些运行有 %n 个。请比较训练过 LoRI-S 的运行。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeAdaptersPart</name>
    <message>
        <source>1 · Adapters</source>
        <translation>1 · 适配器</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeChecks</name>
    <message>
        <source>Not the same base model: “%1” was trained on %2, “%3” on %4. Choose adapters of one base.</source>
        <translation>基础模型不同：“%1”基于 %2 训练，“%3”基于 %4。请选择同一基础模型的适配器。</translation>
    </message>
    <message>
        <source>Base model: not all adapters say which weights they were trained on. Only shapes are compared.</source>
        <translation>基础模型：并非所有适配器都记录了训练所用的权重，只能比较形状。</translation>
    </message>
    <message>
        <source>Same base model: %1</source>
        <translation>基础模型相同：%1</translation>
    </message>
    <message>
        <source>Same rank: %1</source>
        <translation>秩相同：%1</translation>
    </message>
    <message>
        <source>Ranks %1: smaller ones are filled up where a method needs equal ranks</source>
        <translation>秩为 %1：方法要求秩相等时，较小的会补零</translation>
    </message>
    <message>
        <source>“%1” and “%2” have the same A: only their masks keep them apart</source>
        <translation>“%1”与“%2”的 A 相同：只有掩码把它们分开</translation>
    </message>
    <message>
        <source>A drawn from different seeds</source>
        <translation>A 来自不同的种子</translation>
    </message>
    <message>
        <source>Seed of A: not all adapters say theirs; part 2 compares the matrices themselves</source>
        <translation>A 的种子：并非所有适配器都有记录；第 2 部分直接比较矩阵</translation>
    </message>
    <message>
        <source>Same modules: %1</source>
        <translation>模块相同：%1</translation>
    </message>
    <message>
        <source>Not the same modules: %1 in all of them; %2 only in some. Methods that prune refuse that, sums do not.</source>
        <translation>模块不同：共有 %1 个；%2 只在部分适配器中。剪枝类方法会拒绝，求和类方法可以。</translation>
    </message>
    <message>
        <source>Choose two adapters or more: click, or arrow keys and Space.</source>
        <translation>请选择两个或更多适配器：单击，或用方向键和空格键。</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeInterferencePart</name>
    <message>
        <source>an adapter with itself</source>
        <translation>适配器与自身</translation>
    </message>
    <message>
        <source>Comparing the adapters …</source>
        <translation>正在比较适配器…</translation>
    </message>
    <message>
        <source>The comparison was cancelled.</source>
        <translation>比较已取消。</translation>
    </message>
    <message>
        <source>%1 and %2, layer by layer (Enter or a click on the map chooses)</source>
        <translation>%1 与 %2，逐层（在图上按回车或单击可选择）</translation>
    </message>
    <message>
        <source>2 · How they would meet</source>
        <translation>2 · 它们如何相遇</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the comparison</source>
        <translation>取消比较</translation>
    </message>
    <message>
        <source>Compare again</source>
        <translation>重新比较</translation>
    </message>
    <message>
        <source>Compare the adapters again</source>
        <translation>重新比较适配器</translation>
    </message>
    <message>
        <source>Comparing the adapters</source>
        <translation>正在比较适配器</translation>
    </message>
    <message>
        <source>Map of all pairs of adapters</source>
        <translation>所有适配器对的图</translation>
    </message>
    <message>
        <source>The pair layer by layer</source>
        <translation>逐层查看这一对</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeMeasuring</name>
    <message>
        <source>%1: %2</source>
        <comment>what was measured; why it failed</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The worker went away before it was done. Press Measure again.</source>
        <translation>工作进程在完成前消失。请再按“测量”。</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeMethodPart</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Each one&apos;s part: %1.</source>
        <translation>各自占比：%1。</translation>
    </message>
    <message>
        <source>PEFT&apos;s own linear would add cross terms of %1 of the sum&apos;s size.</source>
        <translation>PEFT 自己的 linear 会带来相当于总和 %1 的交叉项。</translation>
    </message>
    <message>
        <source>Result: rank %1, %2 modules, %3.</source>
        <translation>结果：秩 %1，%2 个模块，%3。</translation>
    </message>
    <message>
        <source>Result: %1 modules, %2.</source>
        <translation>结果：%1 个模块，%2。</translation>
    </message>
    <message>
        <source>Nothing is lost but rounding.</source>
        <translation>除舍入外没有损失。</translation>
    </message>
    <message>
        <source>It is not the exact sum.</source>
        <translation>它不是精确的总和。</translation>
    </message>
    <message>
        <source>For these adapters it is computed as “%1”.</source>
        <translation>对这些适配器按“%1”计算。</translation>
    </message>
    <message>
        <source>Slow on large models.</source>
        <translation>在大模型上较慢。</translation>
    </message>
    <message>
        <source>Size and rank of the result are being worked out …</source>
        <translation>正在计算结果的大小和秩…</translation>
    </message>
    <message>
        <source>3 · Method and weights</source>
        <translation>3 · 方法与权重</translation>
    </message>
    <message>
        <source>&amp;Method:</source>
        <translation>方法(&amp;M)：</translation>
    </message>
    <message>
        <source>Method of the merge</source>
        <translation>合并方法</translation>
    </message>
    <message>
        <source>Entries kept, in percent:</source>
        <translation>保留的元素（百分比）：</translation>
    </message>
    <message>
        <source>Rank of the result (0: the largest one&apos;s):</source>
        <translation>结果的秩（0：取最大者）：</translation>
    </message>
    <message>
        <source>Seed of the draw:</source>
        <translation>抽样种子：</translation>
    </message>
    <message>
        <source>Sign elected by:</source>
        <translation>符号由此决定：</translation>
    </message>
    <message>
        <source>Share of the entries that is kept, in percent</source>
        <translation>保留元素的比例（百分比）</translation>
    </message>
    <message>
        <source>Rank of the result, 0 for the largest of the adapters</source>
        <translation>结果的秩，0 表示取适配器中最大者</translation>
    </message>
    <message>
        <source>Seed of the random masks</source>
        <translation>随机掩码的种子</translation>
    </message>
    <message>
        <source>How the sign of an entry is elected</source>
        <translation>元素的符号如何决定</translation>
    </message>
    <message>
        <source>the sum of the values</source>
        <translation>数值之和</translation>
    </message>
    <message>
        <source>the number of adapters</source>
        <translation>适配器的数目</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeMethodWords</name>
    <message>
        <source>Works on the whole change of each module, not on B alone, and brings it back to a small rank.</source>
        <translation>作用于每个模块的整个改动而不只是 B，再压回较小的秩。</translation>
    </message>
    <message>
        <source>Fails when the merged change needs a larger rank than it gets; slow on large models, which it takes module by module.</source>
        <translation>当合并后的改动需要更大的秩时会失效；逐模块计算，在大模型上较慢。</translation>
    </message>
    <message>
        <source>Concat – all changes, added up exactly</source>
        <translation>Concat – 所有改动精确相加</translation>
    </message>
    <message>
        <source>Lays the adapters side by side, so that nothing is lost. The ranks add up; adapters with the same A share one.</source>
        <translation>把适配器并排放置，没有损失。秩相加；A 相同的适配器共用一份。</translation>
    </message>
    <message>
        <source>Fails when the adapters work against each other: it adds their quarrel up, too.</source>
        <translation>当适配器互相对抗时会失效：冲突也一并相加。</translation>
    </message>
    <message>
        <source>Linear – the weighted sum</source>
        <translation>Linear – 加权和</translation>
    </message>
    <message>
        <source>The weighted sum of the changes, without the cross terms that PEFT&apos;s method of this name adds.</source>
        <translation>改动的加权和，不含 PEFT 同名方法带来的交叉项。</translation>
    </message>
    <message>
        <source>Fails when the adapters work against each other, as concat does.</source>
        <translation>与 concat 一样，当适配器互相对抗时会失效。</translation>
    </message>
    <message>
        <source>SVD – the sum at a small rank</source>
        <translation>SVD – 低秩的总和</translation>
    </message>
    <message>
        <source>The best approximation of the sum that the rank below can hold.</source>
        <translation>在下面给定的秩内对总和的最佳近似。</translation>
    </message>
    <message>
        <source>Fails when the adapters have little in common: then the sum needs all their ranks, and much is cut off.</source>
        <translation>当适配器共同点很少时会失效：总和需要全部的秩，很多会被截掉。</translation>
    </message>
    <message>
        <source>Magnitude – only the largest entries</source>
        <translation>Magnitude – 只留最大的元素</translation>
    </message>
    <message>
        <source>Keeps the largest entries of each B and adds up what is left.</source>
        <translation>保留每个 B 中最大的元素，再相加。</translation>
    </message>
    <message>
        <source>Fails when what matters is small and everywhere; LoRI-S adapters were pruned once already.</source>
        <translation>当重要的东西细小而分散时会失效；LoRI-S 适配器已经剪过一次。</translation>
    </message>
    <message>
        <source>TIES – one sign for each entry</source>
        <translation>TIES – 每个元素一个符号</translation>
    </message>
    <message>
        <source>Keeps the largest entries, lets the adapters elect a sign for each, and takes the mean of those that agree.</source>
        <translation>保留最大的元素，由适配器为每个元素选出符号，取一致者的平均值。</translation>
    </message>
    <message>
        <source>Fails when few entries are shared: there is no quarrel to settle. Of different A it is computed as TIES + SVD.</source>
        <translation>当共用元素很少时会失效：没有冲突可调解。A 不同时按 TIES + SVD 计算。</translation>
    </message>
    <message>
        <source>DARE – random entries</source>
        <translation>DARE – 随机元素</translation>
    </message>
    <message>
        <source>Drops random entries of each B, enlarges the others in return, and adds up.</source>
        <translation>随机丢弃每个 B 的元素，放大其余元素，再相加。</translation>
    </message>
    <message>
        <source>Fails when B is sparse already, as in LoRI-S, or the density is small: luck decides then.</source>
        <translation>当 B 已经稀疏（如 LoRI-S）或保留比例很小时会失效：全凭运气。</translation>
    </message>
    <message>
        <source>DARE + TIES – random entries, one sign</source>
        <translation>DARE + TIES – 随机元素，一个符号</translation>
    </message>
    <message>
        <source>Drops random entries as DARE does, then elects a sign for each entry as TIES does.</source>
        <translation>像 DARE 一样随机丢弃元素，再像 TIES 一样为每个元素选出符号。</translation>
    </message>
    <message>
        <source>Fails when B is sparse already: hardly two adapters are left to agree on an entry.</source>
        <translation>当 B 已经稀疏时会失效：几乎没有两个适配器能在同一元素上达成一致。</translation>
    </message>
    <message>
        <source>Magnitude + SVD</source>
        <translation>Magnitude + SVD</translation>
    </message>
    <message>
        <source>TIES + SVD</source>
        <translation>TIES + SVD</translation>
    </message>
    <message>
        <source>DARE + SVD</source>
        <translation>DARE + SVD</translation>
    </message>
    <message>
        <source>DARE + TIES + SVD</source>
        <translation>DARE + TIES + SVD</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergePage</name>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>&amp;New experiment</source>
        <translation>新建实验(&amp;N)</translation>
    </message>
    <message>
        <source>New experiment, to train another adapter</source>
        <translation>新建实验，训练另一个适配器</translation>
    </message>
    <message>
        <source>&amp;Merge</source>
        <translation>合并(&amp;M)</translation>
    </message>
    <message>
        <source>Merge the chosen adapters</source>
        <translation>合并所选适配器</translation>
    </message>
    <message>
        <source>Looking for adapters …</source>
        <translation>正在查找适配器…</translation>
    </message>
    <message numerus="yes">
        <source>Merging needs two adapters of the same base model. You have %n. Train another task, and both can become one.</source>
        <translation>
            <numerusform>合并需要同一基础模型的两个适配器。您有 %n 个。再训练一个任务，两者就能合为一个。</numerusform>
        </translation>
    </message>
    <message>
        <source>Opens when two adapters or more that fit are chosen.</source>
        <translation>选择两个或更多匹配的适配器后打开。</translation>
    </message>
    <message>
        <source>Opens when the adapters were compared.</source>
        <translation>比较适配器后打开。</translation>
    </message>
    <message>
        <source>Opens with the first merge.</source>
        <translation>第一次合并后打开。</translation>
    </message>
    <message>
        <source>There are not enough adapters to merge.</source>
        <translation>适配器不足，无法合并。</translation>
    </message>
    <message>
        <source>A merge is at work; see part 4.</source>
        <translation>正在合并，见第 4 部分。</translation>
    </message>
    <message>
        <source>Choose two adapters or more.</source>
        <translation>请选择两个或更多适配器。</translation>
    </message>
    <message>
        <source>The chosen adapters do not fit; see part 1.</source>
        <translation>所选适配器不匹配，见第 1 部分。</translation>
    </message>
    <message>
        <source>The adapters were not compared; see part 2.</source>
        <translation>适配器尚未比较，见第 2 部分。</translation>
    </message>
    <message>
        <source>The adapters are being compared.</source>
        <translation>正在比较适配器。</translation>
    </message>
    <message>
        <source>The merge is being checked.</source>
        <translation>正在检查合并。</translation>
    </message>
    <message>
        <source>This merge is not possible; see part 3.</source>
        <translation>无法这样合并，见第 3 部分。</translation>
    </message>
    <message>
        <source>Ready. The adapters themselves stay as they are.</source>
        <translation>就绪。原适配器保持不变。</translation>
    </message>
    <message>
        <source>Merge %1</source>
        <comment>a number</comment>
        <translation>合并 %1</translation>
    </message>
    <message>
        <source>An adapter of this merge is no longer there, so it cannot be set up again.</source>
        <translation>这个合并的某个适配器已不存在，因此无法再次设置。</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeResultPart</name>
    <message>
        <source>Nothing was merged yet.</source>
        <translation>尚未合并。</translation>
    </message>
    <message>
        <source>Merging: %1 of %2 modules</source>
        <translation>正在合并：%1 / %2 个模块</translation>
    </message>
    <message>
        <source>The merge is starting …</source>
        <translation>合并正在启动…</translation>
    </message>
    <message>
        <source>The merge is paused.</source>
        <translation>合并已暂停。</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，还需 %2</translation>
    </message>
    <message>
        <source>The merge failed, and nothing was written. %1</source>
        <translation>合并失败，未写入任何内容。%1</translation>
    </message>
    <message>
        <source>The worker went away before the merge was done. Nothing was written.</source>
        <translation>工作进程在合并完成前消失，未写入任何内容。</translation>
    </message>
    <message>
        <source>The merge was cancelled. Nothing was written.</source>
        <translation>合并已取消，未写入任何内容。</translation>
    </message>
    <message>
        <source>The merge is done.</source>
        <translation>合并完成。</translation>
    </message>
    <message>
        <source>Select a merge in the table first.</source>
        <translation>请先在表中选择一个合并。</translation>
    </message>
    <message>
        <source>%1. It differs from the weighted sum by %2 of its size, by %3 in the worst module (the first adapter alone comes back within %4). It took %5.
It lies in %6</source>
        <translation>%1。它与加权和相差其大小的 %2，最差的模块为 %3（单独的第一个适配器误差在 %4 以内）。用时 %5。
位于 %6</translation>
    </message>
    <message>
        <source>4 · Result</source>
        <translation>4 · 结果</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel the merge</source>
        <translation>取消合并</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再试一次</translation>
    </message>
    <message>
        <source>Start the same merge again</source>
        <translation>重新开始同一合并</translation>
    </message>
    <message>
        <source>&amp;Show in Models</source>
        <translation>在模型页显示(&amp;S)</translation>
    </message>
    <message>
        <source>Show the merged adapter among all adapters</source>
        <translation>在所有适配器中显示合并后的适配器</translation>
    </message>
    <message>
        <source>Merge a&amp;nother</source>
        <translation>再合并一次(&amp;N)</translation>
    </message>
    <message>
        <source>Set up another merge</source>
        <translation>设置另一个合并</translation>
    </message>
    <message>
        <source>Progress of the merge</source>
        <translation>合并进度</translation>
    </message>
    <message>
        <source>Merges so far</source>
        <translation>迄今的合并</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>One export at a time: wait for the one at work.</source>
        <translation>一次只能导出一个：请等待正在进行的导出。</translation>
    </message>
    <message>
        <source>The base model is not at hand; add it under Models.</source>
        <translation>基础模型不在手边；请在“模型”页添加。</translation>
    </message>
    <message>
        <source>A folder with the whole model and the merge in its weights</source>
        <translation>包含整个模型的文件夹，合并结果已并入权重</translation>
    </message>
    <message>
        <source>For llama.cpp and other programs</source>
        <translation>供 llama.cpp 和其他程序使用</translation>
    </message>
    <message>
        <source>Try s&amp;ide by side</source>
        <translation>并排试用(&amp;I)</translation>
    </message>
    <message>
        <source>Try the merge beside its adapters</source>
        <translation>把合并结果与它的适配器并排试用</translation>
    </message>
    <message>
        <source>Save as m&amp;odel…</source>
        <translation>存为模型(&amp;O)…</translation>
    </message>
    <message>
        <source>Save the merge as a model</source>
        <translation>把合并结果存为模型</translation>
    </message>
    <message>
        <source>E&amp;xport</source>
        <translation>导出(&amp;X)</translation>
    </message>
    <message>
        <source>Export the merge for other programs</source>
        <translation>为其他程序导出合并结果</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Use these settin&amp;gs</source>
        <translation>使用这些设置(&amp;G)</translation>
    </message>
    <message>
        <source>Set up a merge with the settings of this one</source>
        <translation>用这个合并的设置再设一个合并</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeScoreMatrix</name>
    <message>
        <source>Scores of the adapters and of their merges</source>
        <translation>各适配器及其合并的分数</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>%1 of %2 answers; in brackets the 95 % interval</source>
        <translation>%2 个回答中的 %1 个；括号中是 95 % 区间</translation>
    </message>
    <message>
        <source>Held against %1.</source>
        <comment>an adapter&apos;s name</comment>
        <translation>与 %1 相比。</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeScoreTasks</name>
    <message>
        <source>More tas&amp;ks</source>
        <translation>更多任务(&amp;K)</translation>
    </message>
    <message>
        <source>Published tasks to measure</source>
        <translation>要测量的公开任务</translation>
    </message>
    <message>
        <source>Measure %1</source>
        <comment>a task</comment>
        <translation>测量 %1</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeScoreWords</name>
    <message>
        <source>%1
(lower is better)</source>
        <comment>a score&apos;s name</comment>
        <translation>%1
（越低越好）</translation>
    </message>
    <message>
        <source>%1 points, no clear difference</source>
        <translation>%1 个百分点，无明显差异</translation>
    </message>
    <message>
        <source>%1 points, clearly better</source>
        <translation>%1 个百分点，明显更好</translation>
    </message>
    <message>
        <source>%1 points, clearly worse</source>
        <translation>%1 个百分点，明显更差</translation>
    </message>
    <message>
        <source>Adapter or merge</source>
        <translation>适配器或合并</translation>
    </message>
    <message>
        <source>%1 (%)</source>
        <comment>a score&apos;s name</comment>
        <translation>%1（%）</translation>
    </message>
    <message>
        <source>%1, low</source>
        <translation>%1，下限</translation>
    </message>
    <message>
        <source>%1, high</source>
        <translation>%1，上限</translation>
    </message>
    <message>
        <source>%1, difference (points)</source>
        <translation>%1，差异（百分点）</translation>
    </message>
    <message>
        <source>%1, verdict</source>
        <translation>%1，结论</translation>
    </message>
    <message>
        <source>no clear difference</source>
        <translation>无明显差异</translation>
    </message>
    <message>
        <source>clearly better</source>
        <translation>明显更好</translation>
    </message>
    <message>
        <source>clearly worse</source>
        <translation>明显更差</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeScoresPart</name>
    <message>
        <source>%1 on %2</source>
        <comment>an adapter and a task</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Measuring %1 of %2: %3</source>
        <translation>正在测量第 %1 / %2 项：%3</translation>
    </message>
    <message>
        <source>%1, %2 of %3 questions</source>
        <translation>%1，%2 / %3 个问题</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，还需 %2</translation>
    </message>
    <message>
        <source>Stopping …</source>
        <translation>正在停止…</translation>
    </message>
    <message numerus="yes">
        <source>%n measurement(s) failed; Measure tries again.</source>
        <translation>
            <numerusform>%n 项测量失败；按“测量”再试。</numerusform>
        </translation>
    </message>
    <message>
        <source>Stopped. What was measured is kept; Measure goes on with the rest.</source>
        <translation>已停止。测过的会保留；按“测量”继续其余的。</translation>
    </message>
    <message>
        <source>Measured. Numbers in brackets are 95 % intervals; a difference is called clear when chance hardly explains it.</source>
        <translation>测量完成。括号中是 95 % 区间；偶然难以解释的差异才算明显。</translation>
    </message>
    <message>
        <source>Nothing was measured yet.</source>
        <translation>尚未测量。</translation>
    </message>
    <message>
        <source>It is being measured.</source>
        <translation>正在测量。</translation>
    </message>
    <message>
        <source>Select a merge in part 4.</source>
        <translation>请在第 4 部分选择一个合并。</translation>
    </message>
    <message>
        <source>The base model is not at hand; add it under Models.</source>
        <translation>基础模型不在手边；请在“模型”页添加。</translation>
    </message>
    <message>
        <source>Choose a task.</source>
        <translation>请选择一个任务。</translation>
    </message>
    <message>
        <source>All of this is measured already.</source>
        <translation>这些都已测过。</translation>
    </message>
    <message numerus="yes">
        <source>%n measurement(s) to do: the adapters, and the merge that is selected in part 4. What was measured before is not done again.</source>
        <translation>
            <numerusform>有 %n 项要测量：各适配器，以及第 4 部分选中的合并。测过的不再重测。</numerusform>
        </translation>
    </message>
    <message>
        <source>5 · Scores</source>
        <translation>5 · 分数</translation>
    </message>
    <message>
        <source>What is left of each task: every adapter and the merge answer the same questions.</source>
        <translation>每个任务还剩多少：每个适配器和合并结果回答同样的问题。</translation>
    </message>
    <message>
        <source>Meas&amp;ure</source>
        <translation>测量(&amp;U)</translation>
    </message>
    <message>
        <source>Measure the adapters and the merge</source>
        <translation>测量各适配器和合并结果</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>停止测量</translation>
    </message>
    <message>
        <source>&amp;Copy table</source>
        <translation>复制表格(&amp;C)</translation>
    </message>
    <message>
        <source>Copy the scores as a table</source>
        <translation>把分数复制为表格</translation>
    </message>
    <message>
        <source>&amp;Questions of each task:</source>
        <translation>每个任务的问题数(&amp;Q)：</translation>
    </message>
    <message>
        <source>Questions of each task</source>
        <translation>每个任务的问题数</translation>
    </message>
    <message>
        <source>The first so many of each kind of question. More make the intervals narrower and take longer.</source>
        <translation>每类问题取最前面的这么多个。越多区间越窄，用时也越长。</translation>
    </message>
    <message>
        <source>Progress of measuring</source>
        <translation>测量进度</translation>
    </message>
</context>
<context>
    <name>lori::ui::MergeWeights</name>
    <message>
        <source>Weight of %1: %2</source>
        <translation>%1 的权重：%2</translation>
    </message>
    <message>
        <source>The paper merges three or four adapters.</source>
        <translation>论文合并三个或四个适配器。</translation>
    </message>
    <message>
        <source>Needs the sizes of the changes, from part 2.</source>
        <translation>需要第 2 部分得出的改动大小。</translation>
    </message>
    <message>
        <source>Every adapter gets the same share of the energy.</source>
        <translation>每个适配器获得相同的能量份额。</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>相等</translation>
    </message>
    <message>
        <source>Equal weights</source>
        <translation>相等的权重</translation>
    </message>
    <message>
        <source>Paper, LoRI-D</source>
        <translation>论文，LoRI-D</translation>
    </message>
    <message>
        <source>The paper&apos;s weights for LoRI-D</source>
        <translation>论文中 LoRI-D 的权重</translation>
    </message>
    <message>
        <source>Paper, LoRI-S</source>
        <translation>论文，LoRI-S</translation>
    </message>
    <message>
        <source>The paper&apos;s weights for LoRI-S</source>
        <translation>论文中 LoRI-S 的权重</translation>
    </message>
    <message>
        <source>Balance energy</source>
        <translation>平衡能量</translation>
    </message>
    <message>
        <source>Weights that give every adapter the same energy</source>
        <translation>使每个适配器能量相同的权重</translation>
    </message>
    <message>
        <source>Weight of %1, slider</source>
        <translation>%1 的权重，滑块</translation>
    </message>
    <message>
        <source>Weight of %1</source>
        <translation>%1 的权重</translation>
    </message>
</context>
<context>
    <name>lori::ui::MessageBar</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
</context>
<context>
    <name>lori::ui::ModelCard</name>
    <message>
        <source>No model is chosen</source>
        <translation>未选择模型</translation>
    </message>
    <message>
        <source>Choose one in the list to see what it is.</source>
        <translation>在列表中选择一个以查看其信息。</translation>
    </message>
    <message>
        <source>The built-in model is not here; run packaging/run.sh once, or set LORI_MODEL_DIR to its folder.</source>
        <translation>内置模型不在此处；请运行一次 packaging/run.sh，或将 LORI_MODEL_DIR 设为其文件夹。</translation>
    </message>
    <message>
        <source>Its files are not where they were. “Find it…” tells where they are now.</source>
        <translation>其文件不在原处。用“查找…”指出它们现在的位置。</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数量</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>结构</translation>
    </message>
    <message>
        <source>%1 layers, width %2, %3 heads (%4 for keys and values)</source>
        <translation>%1 层，宽度 %2，%3 个头（键和值 %4 个）</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>The types of the tensors, the most frequent first</source>
        <translation>张量的类型，最常见的在前</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>%1, %2 tokens</source>
        <translation>%1，%2 个词元</translation>
    </message>
    <message>
        <source>Chat template</source>
        <translation>对话模板</translation>
    </message>
    <message>
        <source>found</source>
        <translation>已找到</translation>
    </message>
    <message>
        <source>none: questions are put as plain text</source>
        <translation>无：问题以纯文本提出</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>指纹</translation>
    </message>
    <message>
        <source>measured by the run of %1</source>
        <translation>由 %1 的运行测得</translation>
    </message>
    <message>
        <source>assumed, not measured</source>
        <translation>假定值，未测量</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>%1
Speed of this machine: %2</source>
        <translation>%1
本机速度：%2</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>The chosen model</source>
        <translation>所选模型</translation>
    </message>
    <message>
        <source>A Quick look with it would take</source>
        <translation>用它快速体验需要</translation>
    </message>
</context>
<context>
    <name>lori::ui::ModelDescriptionWords</name>
    <message>
        <source>%1, %2 parameters, %3</source>
        <comment>family, how many, size</comment>
        <translation>%1，%2 个参数，%3</translation>
    </message>
</context>
<context>
    <name>lori::ui::ModelTableModel</name>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Family</source>
        <translation>系列</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Context</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>cannot be used: %1</source>
        <translation>无法使用：%1</translation>
    </message>
    <message>
        <source>Tokenizer</source>
        <translation>分词器</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 个词元</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>使用者</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 次运行</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::ModelsPage</name>
    <message>
        <source>Models and adapters</source>
        <translation>模型与适配器</translation>
    </message>
    <message>
        <source>Models (%1)</source>
        <translation>模型（%1）</translation>
    </message>
    <message>
        <source>Adapters (%1)</source>
        <translation>适配器（%1）</translation>
    </message>
</context>
<context>
    <name>lori::ui::ModelsTab</name>
    <message>
        <source>The experiment that is being set up trains this model</source>
        <translation>正在设置的实验将训练此模型</translation>
    </message>
    <message>
        <source>Choose a model first</source>
        <translation>请先选择模型</translation>
    </message>
    <message>
        <source>Tell where its files are now; runs that use its name go on with them</source>
        <translation>指出其文件现在的位置；使用其名称的运行将继续使用它们</translation>
    </message>
    <message>
        <source>The built-in model is looked for in its own folders</source>
        <translation>内置模型在其自己的文件夹中查找</translation>
    </message>
    <message>
        <source>Its files are where they were</source>
        <translation>其文件仍在原处</translation>
    </message>
    <message>
        <source>Takes it off this list; its files stay where they are</source>
        <translation>将其从列表中移除；文件保留在原处</translation>
    </message>
    <message>
        <source>The built-in model stays on the list</source>
        <translation>内置模型始终在列表中</translation>
    </message>
    <message>
        <source>Its files are not there</source>
        <translation>其文件不存在</translation>
    </message>
    <message>
        <source>Choose a model&apos;s folder (with config.json)</source>
        <translation>选择模型文件夹（含 config.json）</translation>
    </message>
    <message>
        <source>Choose a GGUF file</source>
        <translation>选择 GGUF 文件</translation>
    </message>
    <message>
        <source>GGUF files (*.gguf);;All files (*)</source>
        <translation>GGUF 文件 (*.gguf);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Where is %1 now?</source>
        <translation>%1 现在在哪里？</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>%1 is off the list. Its files are where they were.</source>
        <translation>%1 已从列表中移除，其文件仍在原处。</translation>
    </message>
    <message>
        <source>&amp;Add model</source>
        <translation>添加模型(&amp;A)</translation>
    </message>
    <message>
        <source>Add model</source>
        <translation>添加模型</translation>
    </message>
    <message>
        <source>A folder or a GGUF file that is on this computer; nothing is downloaded or copied</source>
        <translation>本机上的文件夹或 GGUF 文件；不会下载或复制任何内容</translation>
    </message>
    <message>
        <source>&amp;GGUF file…</source>
        <translation>GGUF 文件(&amp;G)…</translation>
    </message>
    <message>
        <source>F&amp;ind it…</source>
        <translation>查找(&amp;I)…</translation>
    </message>
    <message>
        <source>Find the model&apos;s files</source>
        <translation>查找模型文件</translation>
    </message>
    <message>
        <source>Remove from list</source>
        <translation>从列表移除</translation>
    </message>
    <message>
        <source>Show f&amp;older</source>
        <translation>打开文件夹(&amp;O)</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>&amp;Use in experiment</source>
        <translation>用于实验(&amp;U)</translation>
    </message>
    <message>
        <source>Use in experiment</source>
        <translation>用于实验</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Fo&amp;lder…</source>
        <translation>文件夹(&amp;L)…</translation>
    </message>
    <message>
        <source>Re&amp;move from list</source>
        <translation>从列表移除(&amp;M)</translation>
    </message>
</context>
<context>
    <name>lori::ui::ModuleStack</name>
    <message>
        <source>layer %1 · %2: %3</source>
        <translation>第 %1 层 · %2：%3</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>layer %1 · %2</source>
        <translation>第 %1 层 · %2</translation>
    </message>
    <message>
        <source>← &amp;Back to the map</source>
        <translation>← 返回总图(&amp;B)</translation>
    </message>
    <message>
        <source>Back to the map of all modules</source>
        <translation>返回所有模块的总图</translation>
    </message>
    <message>
        <source>Sho&amp;w as table</source>
        <translation>以表格显示(&amp;W)</translation>
    </message>
    <message>
        <source>Show the numbers as a table</source>
        <translation>以表格显示数字</translation>
    </message>
    <message>
        <source>Table of whose the entries of one B are</source>
        <translation>一个 B 的条目归属表</translation>
    </message>
</context>
<context>
    <name>lori::ui::NextSteps</name>
    <message>
        <source>Begin with the small built-in model: five choices are made for you, and you see every stage.</source>
        <translation>从内置的小模型开始：选择已经为你做好，每个阶段都能看到。</translation>
    </message>
    <message>
        <source>See the experiment</source>
        <translation>查看实验</translation>
    </message>
    <message>
        <source>You have adapters for two tasks on the same model: see how they would disturb each other, and merge them.</source>
        <translation>同一模型上已有两个任务的适配器：看看它们会怎样互相干扰，并把它们合并。</translation>
    </message>
    <message>
        <source>Merge them</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Put your last two runs side by side: scores, settings, curves and answers.</source>
        <translation>把最近两次运行并排比较：分数、设置、曲线和回答。</translation>
    </message>
    <message>
        <source>Compare them</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Ask what you trained: the same question, answered with and without the adapter.</source>
        <translation>向训练好的模型提问：同一个问题，带适配器和不带适配器的回答。</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Train a second task: two adapters can be merged into one.</source>
        <translation>训练第二个任务：两个适配器可以合成一个。</translation>
    </message>
    <message>
        <source>New experiment</source>
        <translation>新实验</translation>
    </message>
</context>
<context>
    <name>lori::ui::OverlapTableModel</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>All entries</source>
        <translation>全部条目</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Both, by chance</source>
        <translation>两者（随机情况）</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>Jaccard, by chance</source>
        <translation>Jaccard（随机情况）</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>结论</translation>
    </message>
</context>
<context>
    <name>lori::ui::OverlapWords</name>
    <message>
        <source>one of them keeps nothing</source>
        <translation>其中一个什么也不保留</translation>
    </message>
    <message>
        <source>so dense that they must meet</source>
        <translation>过于稠密，必然重叠</translation>
    </message>
    <message>
        <source>less alike than chance</source>
        <translation>比随机情况更不相似</translation>
    </message>
    <message>
        <source>practically independent</source>
        <translation>几乎相互独立</translation>
    </message>
    <message>
        <source>more alike than chance</source>
        <translation>比随机情况更相似</translation>
    </message>
    <message>
        <source>%1 of the entries that “%2” keeps, “%3” keeps too (by chance %4): %5.</source>
        <translation>“%2”保留的条目中，%1 也被“%3”保留（随机情况 %4）：%5。</translation>
    </message>
    <message>
        <source>The other way round: %1 (by chance %2). Jaccard: %3 (by chance %4). Both keep %5 entries.</source>
        <translation>反过来：%1（随机情况 %2）。Jaccard：%3（随机情况 %4）。两者都保留的条目有 %5 个。</translation>
    </message>
    <message>
        <source>layer %1 · %2: “%3” keeps %4, “%5” %6, both %7 (by chance %8): %9</source>
        <translation>第 %1 层 · %2：“%3”保留 %4，“%5”保留 %6，两者都保留 %7（随机情况 %8）：%9</translation>
    </message>
    <message>
        <source>Share of “%1” that “%2” keeps too</source>
        <translation>“%1”中也被“%2”保留的比例</translation>
    </message>
    <message>
        <source>Jaccard: kept by both ÷ kept by either</source>
        <translation>Jaccard：两者都保留 ÷ 至少一个保留</translation>
    </message>
    <message>
        <source>Overlap ÷ chance (1 = independent)</source>
        <translation>重叠 ÷ 随机情况（1 = 独立）</translation>
    </message>
    <message>
        <source>× %1</source>
        <comment>times chance</comment>
        <translation>× %1</translation>
    </message>
    <message>
        <source>Overlap</source>
        <translation>重叠</translation>
    </message>
    <message>
        <source>by chance: %1 (bar)</source>
        <translation>随机情况：%1（竖线）</translation>
    </message>
</context>
<context>
    <name>lori::ui::OwnerLegend</name>
    <message>
        <source>%1: %2 (%3)</source>
        <comment>group, entries, share</comment>
        <translation>%1：%2（%3）</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>图例</translation>
    </message>
</context>
<context>
    <name>lori::ui::OwnerPicture</name>
    <message>
        <source>Whose the entries of one B are</source>
        <translation>一个 B 的条目属于谁</translation>
    </message>
</context>
<context>
    <name>lori::ui::OwnerTableModel</name>
    <message>
        <source>Rank %1</source>
        <translation>秩 %1</translation>
    </message>
    <message>
        <source>Output %1</source>
        <translation>输出 %1</translation>
    </message>
</context>
<context>
    <name>lori::ui::OwnerWords</name>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>several</source>
        <translation>多个</translation>
    </message>
    <message>
        <source>only %1</source>
        <comment>kept by this mask alone</comment>
        <translation>仅 %1</translation>
    </message>
    <message>
        <source> and </source>
        <comment>between the names of masks</comment>
        <translation> 和 </translation>
    </message>
</context>
<context>
    <name>lori::ui::PairTableModel</name>
    <message>
        <source>One mask</source>
        <translation>一个掩码</translation>
    </message>
    <message>
        <source>The other</source>
        <translation>另一个</translation>
    </message>
    <message>
        <source>Jaccard</source>
        <translation>Jaccard</translation>
    </message>
    <message>
        <source>By chance</source>
        <translation>随机情况</translation>
    </message>
    <message>
        <source>One in the other</source>
        <translation>前者在后者中</translation>
    </message>
    <message>
        <source>The other in one</source>
        <translation>后者在前者中</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>结论</translation>
    </message>
</context>
<context>
    <name>lori::ui::ParallelRuns</name>
    <message numerus="yes">
        <source>%n run(s) side by side</source>
        <translation>
            <numerusform>并排显示 %n 个运行</numerusform>
        </translation>
    </message>
    <message>
        <source>Newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>Best</source>
        <translation>最佳</translation>
    </message>
    <message>
        <source>Before training</source>
        <translation>训练前</translation>
    </message>
    <message>
        <source>Which scores are drawn</source>
        <translation>画出哪些分数</translation>
    </message>
    <message>
        <source>&amp;Scores:</source>
        <translation>分数(&amp;S)：</translation>
    </message>
    <message>
        <source>&amp;Axes</source>
        <translation>坐标轴(&amp;A)</translation>
    </message>
    <message>
        <source>Choose axes</source>
        <translation>选择坐标轴</translation>
    </message>
    <message>
        <source>Runs as lines across their settings and scores</source>
        <translation>运行画成穿过各设置和分数的折线</translation>
    </message>
    <message>
        <source>Point at a line, or go through the lines with Up and Down.</source>
        <translation>指向一条线，或用上下键逐条浏览。</translation>
    </message>
    <message>
        <source>The same numbers as a table</source>
        <translation>同样的数字（表格）</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>秩</translation>
    </message>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Duration</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
<context>
    <name>lori::ui::PlotLegend</name>
    <message>
        <source>Curves shown</source>
        <translation>显示的曲线</translation>
    </message>
    <message>
        <source>Curve %1</source>
        <translation>曲线 %1</translation>
    </message>
    <message>
        <source>Show or hide %1</source>
        <translation>显示或隐藏 %1</translation>
    </message>
</context>
<context>
    <name>lori::ui::PlotPanel</name>
    <message>
        <source>Chart: %1</source>
        <translation>图表：%1</translation>
    </message>
    <message>
        <source>Table: %1</source>
        <translation>表格：%1</translation>
    </message>
    <message>
        <source>Log scale: %1</source>
        <translation>对数刻度：%1</translation>
    </message>
    <message>
        <source>Show as table: %1</source>
        <translation>以表格显示：%1</translation>
    </message>
    <message>
        <source>Lo&amp;g scale</source>
        <translation>对数刻度(&amp;G)</translation>
    </message>
    <message>
        <source>Draw the vertical axis logarithmically</source>
        <translation>纵轴按对数绘制</translation>
    </message>
    <message>
        <source>Show the numbers as a table instead of a picture</source>
        <translation>以数字表格代替图形</translation>
    </message>
    <message>
        <source>&amp;Copy picture and numbers</source>
        <translation>复制图片和数字(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Save picture or numbers…</source>
        <translation>保存图片或数字(&amp;S)…</translation>
    </message>
    <message>
        <source>Save chart</source>
        <translation>保存图表</translation>
    </message>
    <message numerus="yes">
        <source>%n point(s) at or below zero cannot be shown on a log scale.</source>
        <translation>
            <numerusform>%n 个小于或等于零的点无法在对数刻度上显示。</numerusform>
        </translation>
    </message>
    <message>
        <source>Picture (*.png);;Drawing (*.svg);;Document (*.pdf);;Numbers (*.csv)</source>
        <translation>图片 (*.png);;矢量图 (*.svg);;文档 (*.pdf);;数值 (*.csv)</translation>
    </message>
    <message>
        <source>Saved: %1</source>
        <translation>已保存：%1</translation>
    </message>
    <message>
        <source>Show &amp;as table</source>
        <translation>以表格显示(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>保存(&amp;S)</translation>
    </message>
    <message>
        <source>Sh&amp;ow everything again</source>
        <translation>重新显示全部(&amp;O)</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>run, what its chart shows</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Save, copy or zoom this chart</source>
        <translation>保存、复制或缩放此图</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom o&amp;ut</source>
        <translation>缩小(&amp;U)</translation>
    </message>
</context>
<context>
    <name>lori::ui::PlotTableModel</name>
    <message>
        <source>%1 [%2 – %3]</source>
        <translation>%1 [%2 – %3]</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
</context>
<context>
    <name>lori::ui::PlotView</name>
    <message>
        <source>Plot area</source>
        <translation>绘图区</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
</context>
<context>
    <name>lori::ui::PromptSetBar</name>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Choose a prompt set first</source>
        <translation>请先选择一个问题集</translation>
    </message>
    <message>
        <source>Ask its questions one after another</source>
        <translation>依次提出其中的问题</translation>
    </message>
    <message>
        <source>Ask something first</source>
        <translation>请先提问</translation>
    </message>
    <message>
        <source>Keep the questions of this conversation under a name</source>
        <translation>用一个名称保存这次对话的问题</translation>
    </message>
    <message>
        <source>Give it a name.</source>
        <translation>请取一个名称。</translation>
    </message>
    <message>
        <source>This replaces the set of this name.</source>
        <translation>这会替换同名的问题集。</translation>
    </message>
    <message>
        <source>Keep as a prompt set</source>
        <translation>保存为问题集</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Keep</source>
        <translation>保存(&amp;K)</translation>
    </message>
    <message>
        <source>The prompt set %1 is deleted.</source>
        <translation>已删除问题集 %1。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Prompt set:</source>
        <translation>问题集：</translation>
    </message>
    <message>
        <source>Prompt set</source>
        <translation>问题集</translation>
    </message>
    <message>
        <source>Ask all</source>
        <translation>全部提问</translation>
    </message>
    <message>
        <source>Ask all questions of the prompt set</source>
        <translation>提出该问题集中的所有问题</translation>
    </message>
    <message>
        <source>Keep as a set…</source>
        <translation>保存为问题集…</translation>
    </message>
    <message>
        <source>Keep the questions of this conversation as a prompt set</source>
        <translation>把这次对话的问题保存为问题集</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Delete the prompt set</source>
        <translation>删除该问题集</translation>
    </message>
</context>
<context>
    <name>lori::ui::QueueCard</name>
    <message numerus="yes">
        <source>Queue, paused: %n job(s) wait</source>
        <translation>
            <numerusform>队列已暂停：%n 个任务在等待</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Queue: %n job(s) wait</source>
        <translation>
            <numerusform>队列：%n 个任务在等待</numerusform>
        </translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Earlier (Alt+Up)</source>
        <translation>提前（Alt+↑）</translation>
    </message>
    <message>
        <source>Later (Alt+Down)</source>
        <translation>推后（Alt+↓）</translation>
    </message>
    <message>
        <source>Take out of the queue; its folder stays (Delete)</source>
        <translation>移出队列；文件夹保留（Delete）</translation>
    </message>
    <message>
        <source>Continue queue</source>
        <translation>继续队列</translation>
    </message>
    <message>
        <source>Pause queue</source>
        <translation>暂停队列</translation>
    </message>
    <message>
        <source>Begins the next job</source>
        <translation>开始下一个任务</translation>
    </message>
    <message>
        <source>Begins nothing more; what is at work goes on</source>
        <translation>不再开始新的任务；正在进行的继续</translation>
    </message>
    <message>
        <source>Clear what is done</source>
        <translation>清除已完成的</translation>
    </message>
</context>
<context>
    <name>lori::ui::QueueModel</name>
    <message>
        <source>Job</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>%1, %2, %3</source>
        <translation>%1，%2，%3</translation>
    </message>
    <message>
        <source>at work</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>waits until %1</source>
        <translation>等到 %1</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
</context>
<context>
    <name>lori::ui::RecipeDialog</name>
    <message>
        <source>Recipe of “%1”</source>
        <translation>“%1”的配方</translation>
    </message>
    <message>
        <source>This file and this line do the same as the Start button. Nothing else influences the numbers.</source>
        <translation>此文件和此命令行与“开始”按钮效果相同。没有其他因素影响结果。</translation>
    </message>
    <message>
        <source>Configuration as JSON</source>
        <translation>JSON 配置</translation>
    </message>
    <message>
        <source>Command line</source>
        <translation>命令行</translation>
    </message>
    <message>
        <source>Command &amp;line</source>
        <translation>命令行(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Copy JSON</source>
        <translation>复制 JSON(&amp;C)</translation>
    </message>
    <message>
        <source>Copy co&amp;mmand</source>
        <translation>复制命令(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>另存为(&amp;S)…</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>关闭(&amp;O)</translation>
    </message>
    <message>
        <source>Save the recipe</source>
        <translation>保存配方</translation>
    </message>
    <message>
        <source>Recipes (*.json)</source>
        <translation>配方 (*.json)</translation>
    </message>
</context>
<context>
    <name>lori::ui::RecordModel</name>
    <message>
        <source>%1; %2</source>
        <comment>text of a cell; what is wrong with its row</comment>
        <translation>%1；%2</translation>
    </message>
</context>
<context>
    <name>lori::ui::ReportWords</name>
    <message>
        <source>%1 (baseline)</source>
        <comment>a run&apos;s name</comment>
        <translation>%1（基准）</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>(lower is better)</source>
        <translation>（越低越好）</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>The runs have the same settings.</source>
        <translation>这些运行的设置相同。</translation>
    </message>
    <message>
        <source>No answers to the same questions.</source>
        <translation>没有对相同问题的回答。</translation>
    </message>
    <message>
        <source>Against the baseline</source>
        <translation>与基准相比</translation>
    </message>
    <message>
        <source>Common rows</source>
        <translation>共同行</translation>
    </message>
    <message>
        <source>Both right</source>
        <translation>都正确</translation>
    </message>
    <message>
        <source>Both wrong</source>
        <translation>都错误</translation>
    </message>
    <message>
        <source>Right → wrong</source>
        <translation>正确 → 错误</translation>
    </message>
    <message>
        <source>Wrong → right</source>
        <translation>错误 → 正确</translation>
    </message>
    <message>
        <source>Comparison of runs</source>
        <translation>运行比较</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>choose one of these endings</source>
        <translation>请选择其中一种扩展名</translation>
    </message>
    <message>
        <source>the report was not saved: %1</source>
        <translation>报告没有保存：%1</translation>
    </message>
    <message>
        <source>choose another folder</source>
        <translation>请选择另一个文件夹</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>曲线</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>a report is saved as .html or .pdf, its scores as .csv or .tex</source>
        <translation>报告存为 .html 或 .pdf，其分数存为 .csv 或 .tex</translation>
    </message>
    <message>
        <source>Percent with 95 % intervals; in parentheses the difference to the baseline in points, with a star where it is clear.</source>
        <translation>百分比及 95 % 区间；圆括号中是与基准相差的百分点，明显的加星号。</translation>
    </message>
</context>
<context>
    <name>lori::ui::RoleHeader</name>
    <message>
        <source>What column “%1” holds</source>
        <translation>列“%1”的用途</translation>
    </message>
    <message>
        <source>%1: proposed from its name; change it here</source>
        <translation>%1：根据列名建议；可在此更改</translation>
    </message>
    <message>
        <source>%1: choose what it holds</source>
        <translation>%1：选择其用途</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunCharts</name>
    <message>
        <source>%1 → %2</source>
        <comment>one stage after another</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Charts of the run</source>
        <translation>运行的图表</translation>
    </message>
    <message>
        <source>&amp;Smoothing:</source>
        <translation>平滑(&amp;S)：</translation>
    </message>
    <message>
        <source>Smoothing of the loss</source>
        <translation>损失的平滑</translation>
    </message>
    <message>
        <source>None</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Exponential average</source>
        <translation>指数平均</translation>
    </message>
    <message>
        <source>Moving average</source>
        <translation>移动平均</translation>
    </message>
    <message>
        <source>Weight of the past in the exponential average</source>
        <translation>指数平均中过去的权重</translation>
    </message>
    <message>
        <source>Number of steps in the moving average</source>
        <translation>移动平均的步数</translation>
    </message>
    <message>
        <source>What the details chart shows</source>
        <translation>细节图显示的内容</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Memory (GiB)</source>
        <translation>内存（GiB）</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>First point after step 1</source>
        <translation>第 1 步之后出现第一个点</translation>
    </message>
    <message>
        <source>The safety scores appear after the first check</source>
        <translation>第一次检查后显示安全评分</translation>
    </message>
    <message>
        <source>Training, exponential average %1</source>
        <translation>训练，指数平均 %1</translation>
    </message>
    <message numerus="yes">
        <source>Training, moving average of %n step(s)</source>
        <translation>
            <numerusform>训练，%n 步移动平均</numerusform>
        </translation>
    </message>
    <message>
        <source>Training, as measured</source>
        <translation>训练，测量值</translation>
    </message>
    <message>
        <source>Held-out</source>
        <translation>留出</translation>
    </message>
    <message>
        <source>%1: training</source>
        <translation>%1：训练</translation>
    </message>
    <message>
        <source>%1: held-out</source>
        <translation>%1：留出</translation>
    </message>
    <message>
        <source>Before training: %1</source>
        <translation>训练前：%1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>run: curve</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Step %1 (%2, step %3)</source>
        <translation>第 %1 步（%2，第 %3 步）</translation>
    </message>
    <message>
        <source>rate %1</source>
        <translation>学习率 %1</translation>
    </message>
    <message>
        <source>%1 steps in all</source>
        <translation>共 %1 步</translation>
    </message>
    <message>
        <source>checks every %1 steps</source>
        <translation>每 %1 步检查</translation>
    </message>
    <message>
        <source>Alone</source>
        <translation>单独显示</translation>
    </message>
    <message>
        <source>Show this chart alone</source>
        <translation>只显示此图</translation>
    </message>
    <message>
        <source>How the loss is counted</source>
        <translation>损失如何计算</translation>
    </message>
    <message>
        <source>Per token</source>
        <translation>每词元</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>训练时所用</translation>
    </message>
    <message>
        <source>Per token: comparable between runs. As trained: what the optimizer sees, by the loss setting of the experiment.</source>
        <translation>每词元：可在不同运行之间比较。训练时所用：优化器看到的损失，由实验的损失设置决定。</translation>
    </message>
    <message>
        <source>A run shown here is of an older version, which kept the loss only as trained.</source>
        <translation>这里显示的某次运行来自旧版本，它只保存了训练时所用的损失。</translation>
    </message>
    <message>
        <source>Loss per token</source>
        <translation>每词元损失</translation>
    </message>
    <message>
        <source>Loss as trained</source>
        <translation>训练时所用的损失</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunHeader</name>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1 of all steps</source>
        <translation>全部步数的 %1</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余%1</translation>
    </message>
    <message>
        <source>no sign of life for %1</source>
        <translation>已有%1没有动静</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>loss %1</source>
        <translation>损失 %1</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>每秒 %1 词元</translation>
    </message>
    <message>
        <source>%1 memory</source>
        <translation>内存 %1</translation>
    </message>
    <message>
        <source>on the processor</source>
        <translation>在处理器上</translation>
    </message>
    <message>
        <source>✓ Frozen means frozen: A and the base weights are unchanged, and everything outside the mask is exactly 0.</source>
        <translation>✓ 冻结即冻结：A 与基础权重未变，掩码之外全部恰好为 0。</translation>
    </message>
    <message>
        <source>✗ The seal is broken: something that must stay frozen has changed. Do not use this adapter.</source>
        <translation>✗ 封条已破：必须冻结的内容发生了变化。请不要使用此适配器。</translation>
    </message>
    <message>
        <source>Hash of A: %1</source>
        <translation>A 的哈希：%1</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>&amp;Discard…</source>
        <translation>丢弃(&amp;D)…</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>End the run and throw away what it made</source>
        <translation>结束运行并丢弃其产物</translation>
    </message>
    <message>
        <source>Undo brings it back</source>
        <translation>撤销可恢复</translation>
    </message>
    <message>
        <source>Stop and &amp;keep</source>
        <translation>停止并保留(&amp;K)</translation>
    </message>
    <message>
        <source>Stop and keep</source>
        <translation>停止并保留</translation>
    </message>
    <message>
        <source>Save a checkpoint and end; the run can be resumed later</source>
        <translation>保存检查点并结束；以后可以恢复运行</translation>
    </message>
    <message>
        <source>Holds after the current step; the model stays loaded</source>
        <translation>当前步完成后暂停；模型仍在内存中</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Go on from the last checkpoint</source>
        <translation>从最后一个检查点继续</translation>
    </message>
    <message>
        <source>Show &amp;masks</source>
        <translation>显示掩码(&amp;M)</translation>
    </message>
    <message>
        <source>Show masks</source>
        <translation>显示掩码</translation>
    </message>
    <message>
        <source>Duplicate as &amp;new</source>
        <translation>复制为新实验(&amp;N)</translation>
    </message>
    <message>
        <source>Duplicate as new</source>
        <translation>复制为新实验</translation>
    </message>
    <message>
        <source>Fill the experiment form with these settings</source>
        <translation>用这些设置填写实验表单</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已丢弃</translation>
    </message>
    <message>
        <source>paused at step %1 of %2 since %3</source>
        <translation>停在第 %1 步（共 %2 步），自 %3 起暂停</translation>
    </message>
    <message>
        <source>%1 of work left</source>
        <translation>还需工作%1</translation>
    </message>
    <message>
        <source>&amp;Go on with the changed data</source>
        <translation>用改变后的数据继续(&amp;G)</translation>
    </message>
    <message>
        <source>Go on with the changed data</source>
        <translation>用改变后的数据继续</translation>
    </message>
    <message>
        <source>The run records that its files changed; its numbers are then of two data sets</source>
        <translation>运行会记录其文件已改变；它的数字就来自两份数据</translation>
    </message>
    <message>
        <source>Change the run at work</source>
        <translation>更改正在进行的运行</translation>
    </message>
    <message>
        <source>Learning rate, length and checks from the next step on; kept with the run and repeated by its recipe</source>
        <translation>从下一步起的学习率、长度和检查；随运行保存，由其配方重现</translation>
    </message>
    <message>
        <source>&amp;Branch…</source>
        <translation>分支(&amp;B)…</translation>
    </message>
    <message>
        <source>Continue with other settings</source>
        <translation>用别的设置继续</translation>
    </message>
    <message>
        <source>A new run goes on from this one&apos;s newest checkpoint: longer, or with another learning rate</source>
        <translation>新运行从这次运行最新的检查点继续：更长，或用别的学习率</translation>
    </message>
    <message>
        <source>Tr&amp;y it</source>
        <translation>试用(&amp;Y)</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Ask the model with what was learned so far, beside the base model</source>
        <translation>用至今学到的内容提问，并与基础模型对照</translation>
    </message>
    <message>
        <source>M&amp;ove to trash</source>
        <translation>移到回收站(&amp;O)</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>恢复(&amp;U)</translation>
    </message>
    <message>
        <source>Ch&amp;ange…</source>
        <translation>更改(&amp;A)…</translation>
    </message>
    <message>
        <source>Which entries of B were kept, layer by layer</source>
        <translation>逐层显示保留了 B 的哪些条目</translation>
    </message>
    <message>
        <source>This run has made neither a LoRI-D adapter nor a mask</source>
        <translation>此运行既没有 LoRI-D 适配器，也没有掩码</translation>
    </message>
    <message>
        <source>learns: %1</source>
        <translation>学习：%1</translation>
    </message>
    <message>
        <source>%1 %2 → %3</source>
        <comment>measure, before, after</comment>
        <translation>%1 %2 → %3</translation>
    </message>
    <message>
        <source>Show more about the run</source>
        <translation>显示更多运行信息</translation>
    </message>
    <message>
        <source>Show less about the run</source>
        <translation>收起运行信息</translation>
    </message>
    <message>
        <source>Next: %1</source>
        <translation>下一步：%1</translation>
    </message>
    <message>
        <source>Next step</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>✓ Frozen means frozen: A and the base weights are unchanged.</source>
        <translation>✓ 冻结即不变:A 与基础权重保持不变。</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunList</name>
    <message>
        <source>Runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>&amp;Add to the charts</source>
        <translation>添加到图中(&amp;A)</translation>
    </message>
    <message>
        <source>Every run, those at work first. Arrow keys choose one; its charts appear on the right. Drag another one onto the charts to lay its curves over them.</source>
        <translation>所有运行，进行中的在前。用方向键选择一个，它的图显示在右侧。把另一次运行拖到图上，可叠加它的曲线。</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunListModel</name>
    <message>
        <source>%1
%2 · %3</source>
        <translation>%1
%2 · %3</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunLog</name>
    <message>
        <source>Events as they are stored</source>
        <translation>按存储原样显示事件</translation>
    </message>
    <message>
        <source>The context menu and Ctrl+E show the events as they are stored</source>
        <translation>上下文菜单和 Ctrl+E 按存储原样显示事件</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunMessages</name>
    <message>
        <source>“%1” is finished.</source>
        <translation>“%1”已完成。</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>“%1” is stopped; what was done is kept and can be resumed.</source>
        <translation>“%1”已停止；已完成的部分已保留，可以恢复。</translation>
    </message>
    <message>
        <source>“%1” is discarded; the record of it lies in the trash.</source>
        <translation>“%1”已丢弃；它的记录在回收站中。</translation>
    </message>
    <message>
        <source>Files that “%1” reads have changed since it began. Go on with what is there now, or duplicate it as a new experiment and start again.</source>
        <translation>“%1”读取的文件自开始以来已改变。可以用现在的内容继续，或把它复制为新实验重新开始。</translation>
    </message>
    <message>
        <source>Go on with the changed data</source>
        <translation>用改变后的数据继续</translation>
    </message>
    <message>
        <source>“%1” failed: %2</source>
        <translation>“%1”失败：%2</translation>
    </message>
    <message>
        <source>The folder of “%1” was removed.</source>
        <translation>“%1”的文件夹已被删除。</translation>
    </message>
    <message>
        <source>The folder of “%1” was removed while it ran. Its worker (process %2) is still at work, and nothing that it does will be kept.</source>
        <translation>“%1”的文件夹在运行时被删除。它的工作进程（进程 %2）仍在运行，所做的一切都不会保留。</translation>
    </message>
    <message>
        <source>Stop the process</source>
        <translation>停止该进程</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>“%1” failed.</source>
        <translation>“%1”失败了。</translation>
    </message>
    <message>
        <source>The worker of “%1” is gone.</source>
        <translation>“%1”的工作进程已消失。</translation>
    </message>
    <message>
        <source>The program that trained “%1” ended unexpectedly. Everything up to its last checkpoint is kept.</source>
        <translation>训练“%1”的程序意外结束。最后一个检查点之前的一切都已保留。</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunName</name>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 及另外 %n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::RunNotes</name>
    <message>
        <source>End this stage now</source>
        <translation>立即结束此阶段</translation>
    </message>
    <message>
        <source>Change the learning rate…</source>
        <translation>更改学习率…</translation>
    </message>
    <message>
        <source>Go on with a third of it…</source>
        <translation>以其三分之一继续…</translation>
    </message>
    <message>
        <source>Set it up again…</source>
        <translation>重新设置…</translation>
    </message>
    <message>
        <source>Look at the rows</source>
        <translation>查看数据行</translation>
    </message>
    <message>
        <source>Show the masks</source>
        <translation>显示掩码</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>复制报告</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunOverlays</name>
    <message>
        <source>Other runs in these charts</source>
        <translation>这些图中的其他运行</translation>
    </message>
    <message>
        <source>&amp;Add to charts…</source>
        <translation>添加到图中(&amp;A)…</translation>
    </message>
    <message>
        <source>Add another run to the charts</source>
        <translation>把另一次运行添加到图中</translation>
    </message>
    <message>
        <source>At most %1 other runs fit into these charts; take one away first.</source>
        <translation>这些图最多容纳 %1 次其他运行；请先移去一次。</translation>
    </message>
    <message>
        <source>Lays the curves of another run over these charts. A run can also be dragged here from the list.</source>
        <translation>把另一次运行的曲线叠加到这些图上。也可以从列表中把运行拖到这里。</translation>
    </message>
    <message>
        <source>%1 ✕</source>
        <comment>button that takes another run&apos;s curve away</comment>
        <translation>%1 ✕</translation>
    </message>
    <message>
        <source>Remove %1 from the charts</source>
        <translation>从图中移去 %1</translation>
    </message>
    <message>
        <source>There is no other run</source>
        <translation>没有其他运行</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunSamples</name>
    <message>
        <source>Before training</source>
        <translation>训练之前</translation>
    </message>
    <message>
        <source>Stage %1</source>
        <translation>阶段 %1</translation>
    </message>
    <message>
        <source>%1, its end (step %2)</source>
        <comment>a stage</comment>
        <translation>%1，结束时（第 %2 步）</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <comment>a stage</comment>
        <translation>%1，第 %2 步</translation>
    </message>
    <message>
        <source>No samples yet. They are the answers that the run gives whenever its scores are measured: before training, at the end of a stage, and at each check. To get some, choose a task to measure in the experiment, and set “Check every” there to a number of steps; of a run at work, “Change…” sets it.</source>
        <translation>还没有样例。样例是每次测量分数时运行给出的回答：训练之前、阶段结束时以及每次检查时。要得到样例，请在实验中选择要测量的任务，并把“每隔多少步检查”设为一个步数；对进行中的运行，可用“更改…”来设置。</translation>
    </message>
    <message>
        <source>Words that the answer before did not have are bold and underlined. ✓ right, ✗ wrong; for safety, right is a refused harmful request and an answered harmless one.</source>
        <translation>上一次回答里没有的词以粗体加下划线显示。✓ 正确，✗ 错误；对安全任务，拒绝有害请求、回答无害请求为正确。</translation>
    </message>
    <message>
        <source>“Check every” in the experiment, or “Change…” of a run at work, asks more often.</source>
        <translation>实验中的“每隔多少步检查”，或进行中的运行的“更改…”，可以更频繁地提问。</translation>
    </message>
    <message numerus="yes">
        <source>%n older check(s) are not shown.</source>
        <translation>
            <numerusform>有 %n 次较早的检查没有显示。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1

Expected: %2</source>
        <translation>%1

期望：%2</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Samples of the run</source>
        <translation>运行的样例</translation>
    </message>
    <message>
        <source>&amp;Questions of</source>
        <translation>问题来自(&amp;Q)</translation>
    </message>
    <message>
        <source>Which score&apos;s questions</source>
        <translation>哪个分数的问题</translation>
    </message>
    <message>
        <source>Answers at each check</source>
        <translation>每次检查的回答</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Answer before</source>
        <translation>上一次的回答</translation>
    </message>
    <message>
        <source>The selected question</source>
        <translation>选中的问题</translation>
    </message>
    <message>
        <source>The answer at the check before</source>
        <translation>上一次检查的回答</translation>
    </message>
    <message>
        <source>The selected answer</source>
        <translation>选中的回答</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunScores</name>
    <message>
        <source>no clear difference</source>
        <translation>无明显差异</translation>
    </message>
    <message>
        <source>+%1 points</source>
        <translation>+%1 个百分点</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>%1, better</source>
        <translation>%1，更好</translation>
    </message>
    <message>
        <source>%1, worse</source>
        <translation>%1，更差</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>测量项</translation>
    </message>
    <message>
        <source>Before training</source>
        <translation>训练前</translation>
    </message>
    <message>
        <source>%1 (stage %2)</source>
        <translation>%1（阶段 %2）</translation>
    </message>
    <message>
        <source>Stage %1</source>
        <translation>阶段 %1</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 of %2 at step %3; in brackets the 95 % interval</source>
        <translation>%2 个中的 %1 个，第 %3 步；方括号内为 95 % 区间</translation>
    </message>
    <message>
        <source>Enter shows the answers behind it, before and after</source>
        <translation>按回车键查看其背后的回答（训练前后）</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>a rate with its interval, and of how many answers</comment>
        <translation>%1，共 %2 个</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunSettings</name>
    <message>
        <source>%1 (copy)</source>
        <translation>%1（副本）</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunTray</name>
    <message>
        <source>Runs that are compared</source>
        <translation>正在比较的运行</translation>
    </message>
    <message>
        <source>&amp;Add a run</source>
        <translation>添加运行(&amp;A)</translation>
    </message>
    <message>
        <source>%1 runs can be compared at once; take one away first.</source>
        <translation>一次最多比较 %1 次运行；请先移除一次。</translation>
    </message>
    <message>
        <source>Compare with another run</source>
        <translation>与另一次运行比较</translation>
    </message>
    <message>
        <source>%1 (baseline)</source>
        <comment>a run&apos;s name</comment>
        <translation>%1（基准）</translation>
    </message>
    <message>
        <source>Make &amp;baseline</source>
        <translation>设为基准(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Use these settings</source>
        <translation>使用这些设置(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Open the run</source>
        <translation>打开运行(&amp;O)</translation>
    </message>
    <message>
        <source>Remove from the comparison</source>
        <translation>从比较中移除</translation>
    </message>
    <message>
        <source>Remove %1 from the comparison</source>
        <translation>从比较中移除 %1</translation>
    </message>
    <message>
        <source>&amp;Choose in the history …</source>
        <translation>在历史中选择(&amp;C) …</translation>
    </message>
    <message>
        <source>Re&amp;move from the comparison</source>
        <translation>从比较中移除(&amp;M)</translation>
    </message>
</context>
<context>
    <name>lori::ui::RunsPage</name>
    <message>
        <source>The run failed.</source>
        <translation>运行失败。</translation>
    </message>
    <message>
        <source># The same again: %1</source>
        <translation># 再来一次：%1</translation>
    </message>
    <message>
        <source>continuing…</source>
        <translation>正在继续…</translation>
    </message>
    <message>
        <source>pausing after this step…</source>
        <translation>当前步完成后暂停…</translation>
    </message>
    <message>
        <source>stopping after this step…</source>
        <translation>当前步完成后停止…</translation>
    </message>
    <message>
        <source>Go on with the run</source>
        <translation>继续运行</translation>
    </message>
    <message>
        <source>Discard run</source>
        <translation>丢弃运行</translation>
    </message>
    <message>
        <source>discarding…</source>
        <translation>正在丢弃…</translation>
    </message>
    <message>
        <source>No runs yet</source>
        <translation>还没有运行</translation>
    </message>
    <message>
        <source>A run appears here as soon as an experiment is started: with live charts, scores and a log.</source>
        <translation>实验一开始，运行就会出现在这里，带有实时图表、评分和日志。</translation>
    </message>
    <message>
        <source>&amp;New experiment</source>
        <translation>新实验(&amp;N)</translation>
    </message>
    <message>
        <source>New experiment</source>
        <translation>新实验</translation>
    </message>
    <message>
        <source>Charts</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Views of the run</source>
        <translation>运行的视图</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>运行的日志</translation>
    </message>
    <message>
        <source>Recipe of the run</source>
        <translation>运行的配方</translation>
    </message>
    <message>
        <source>Sto&amp;p the process</source>
        <translation>停止该进程(&amp;P)</translation>
    </message>
    <message>
        <source>Stop the process</source>
        <translation>停止该进程</translation>
    </message>
    <message>
        <source>The folder of “%1” is gone</source>
        <translation>“%1”的文件夹不见了</translation>
    </message>
    <message>
        <source>It was removed or moved outside of this program, with its checkpoints and adapters. The history keeps its settings, curves and scores.</source>
        <translation>它连同检查点和适配器在本程序之外被删除或移走了。历史中保留着它的设置、曲线和分数。</translation>
    </message>
    <message>
        <source>Its worker is still running (process %1); nothing that it does will be kept.</source>
        <translation>它的工作进程仍在运行（进程 %1）；所做的一切都不会保留。</translation>
    </message>
    <message>
        <source>Discard “%1”? Its %2 steps, checkpoints and adapters will be lost; only the record of it goes to the trash.</source>
        <translation>丢弃“%1”？它的 %2 步、检查点和适配器都会丢失；只有记录会进入回收站。</translation>
    </message>
    <message>
        <source>changing after this step…</source>
        <translation>这一步之后更改…</translation>
    </message>
    <message>
        <source>%1, continued</source>
        <translation>%1（续）</translation>
    </message>
    <message>
        <source>At most %1 other runs fit into the charts; take one away first.</source>
        <translation>图中最多容纳 %1 次其他运行；请先移去一次。</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>a run&apos;s name and time</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>样例</translation>
    </message>
    <message>
        <source>“%1” is in the trash.</source>
        <translation>“%1”已在回收站中。</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>The program that trained it ended unexpectedly: it was killed, or the machine ran out of memory. What was done up to the last checkpoint is kept; Resume goes on from there.</source>
        <translation>训练它的程序意外结束：被终止，或机器内存不足。最后一个检查点之前的工作已保留；“恢复”从那里继续。</translation>
    </message>
    <message>
        <source>“%1” pauses after this step.</source>
        <translation>“%1”将在这一步之后暂停。</translation>
    </message>
    <message>
        <source>“%1” goes on.</source>
        <translation>“%1”继续。</translation>
    </message>
    <message>
        <source>“%1” stops after this step and keeps what it did.</source>
        <translation>“%1”将在这一步之后停止，并保留已完成的工作。</translation>
    </message>
    <message>
        <source>The report on “%1” is on the clipboard. It names your files: read it before you send it.</source>
        <translation>关于“%1”的报告已在剪贴板上。其中有您的文件名：发送前请先看一遍。</translation>
    </message>
    <message>
        <source>Copy fu&amp;ll report</source>
        <translation>复制完整报告(&amp;L)</translation>
    </message>
    <message>
        <source>Copy full report</source>
        <translation>复制完整报告</translation>
    </message>
    <message>
        <source>Program and machine, state, scores, recipe and the newest lines of the log, for whoever helps</source>
        <translation>程序和机器、状态、分数、配方以及日志的最新几行，供帮助您的人使用</translation>
    </message>
    <message>
        <source>“%1” is measured after this step.</source>
        <translation>“%1”将在这一步之后测量。</translation>
    </message>
    <message>
        <source>“%1” saves a checkpoint after this step.</source>
        <translation>“%1”将在这一步之后保存检查点。</translation>
    </message>
</context>
<context>
    <name>lori::ui::SampleModel</name>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>%1 (newest)</source>
        <comment>a check</comment>
        <translation>%1（最新）</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>没有问到</translation>
    </message>
    <message>
        <source>right: %1</source>
        <translation>正确：%1</translation>
    </message>
    <message>
        <source>wrong: %1</source>
        <translation>错误：%1</translation>
    </message>
</context>
<context>
    <name>lori::ui::ScopeTable</name>
    <message>
        <source>Whole model</source>
        <translation>整个模型</translation>
    </message>
    <message>
        <source>Each module kind</source>
        <translation>每种模块</translation>
    </message>
    <message>
        <source>Each projection</source>
        <translation>每个投影</translation>
    </message>
    <message>
        <source>Each layer</source>
        <translation>每层</translation>
    </message>
    <message>
        <source>Each matrix</source>
        <translation>每个矩阵</translation>
    </message>
    <message>
        <source>The five scopes at this sparsity</source>
        <translation>此稀疏度下的五种范围</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Norm lost</source>
        <translation>损失的范数</translation>
    </message>
    <message>
        <source>Empty modules</source>
        <translation>空模块</translation>
    </message>
    <message>
        <source>Modules of which nothing is kept: they do not learn in LoRI-S</source>
        <translation>没有保留任何元素的模块：它们在 LoRI-S 中不学习</translation>
    </message>
</context>
<context>
    <name>lori::ui::ScoreMatrix</name>
    <message>
        <source>Scores of the compared runs</source>
        <translation>所比较运行的得分</translation>
    </message>
    <message>
        <source>%1
(baseline)</source>
        <comment>a run&apos;s name</comment>
        <translation>%1
（基准）</translation>
    </message>
    <message>
        <source>%1
(lower is better)</source>
        <comment>a score&apos;s name</comment>
        <translation>%1
（越低越好）</translation>
    </message>
    <message>
        <source>not measured</source>
        <translation>未测量</translation>
    </message>
    <message>
        <source>%1 of %2 answers; in brackets the 95 % interval</source>
        <translation>%2 个回答中的 %1 个；括号内为 95 % 区间</translation>
    </message>
</context>
<context>
    <name>lori::ui::ScoreWords</name>
    <message>
        <source>%1 [%2 – %3], %4 of %5 answers</source>
        <translation>%1 [%2 – %3]，%5 个回答中的 %4 个</translation>
    </message>
    <message>
        <source>Harmful refused</source>
        <translation>有害请求拒绝率</translation>
    </message>
    <message>
        <source>Needless refusals</source>
        <translation>不必要的拒绝</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>task and metric</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <comment>score before and after</comment>
        <translation>%1 → %2</translation>
    </message>
    <message>
        <source>Before training: %1</source>
        <translation>训练前：%1</translation>
    </message>
</context>
<context>
    <name>lori::ui::SecondStart</name>
    <message>
        <source>Start after it</source>
        <translation>在它之后开始</translation>
    </message>
    <message>
        <source>Start now all the same</source>
        <translation>仍然立即开始</translation>
    </message>
    <message>
        <source>Do not start</source>
        <translation>不开始</translation>
    </message>
    <message>
        <source>%1 is at work, and two at once are slower together.</source>
        <translation>“%1”正在进行；两项同时进行会都变慢。</translation>
    </message>
    <message>
        <source>%1 waits in the queue.</source>
        <translation>“%1”在队列中等待。</translation>
    </message>
    <message>
        <source>Show the queue</source>
        <translation>显示队列</translation>
    </message>
</context>
<context>
    <name>lori::ui::SecondTextDelegate</name>
    <message>
        <source>%1 – %2</source>
        <comment>name, what it is</comment>
        <translation>%1 – %2</translation>
    </message>
</context>
<context>
    <name>lori::ui::SeenRowView</name>
    <message>
        <source>Row %1 as the model sees it</source>
        <translation>模型看到的第 %1 行</translation>
    </message>
    <message>
        <source>As the model sees it</source>
        <translation>模型看到的样子</translation>
    </message>
    <message>
        <source>Reading the model’s template …</source>
        <translation>正在读取模型的模板……</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s); the bold ones, %1, are learned.</source>
        <translation>
            <numerusform>共 %n 个词元；其中加粗的 %1 个会被学习。</numerusform>
        </translation>
    </message>
    <message>
        <source>The prompt is cut: the row is longer than the limit.</source>
        <translation>提示被截断：这一行超出了长度上限。</translation>
    </message>
    <message>
        <source>The answer is cut: the row is longer than the limit.</source>
        <translation>回答被截断：这一行超出了长度上限。</translation>
    </message>
    <message numerus="yes">
        <source>The template changes %n earlier answer(s), so they are not learned.</source>
        <translation>
            <numerusform>模板改动了前面的 %n 个回答，因此不会学习它们。</numerusform>
        </translation>
    </message>
    <message>
        <source>Row before</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Next row</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Row as the model sees it</source>
        <translation>模型看到的行</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s) are struck out: the model never sees them.</source>
        <translation>
            <numerusform>%n 个词元被划掉：模型看不到它们。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n special token(s) of the model are underlined.</source>
        <translation>
            <numerusform>模型的 %n 个特殊词元带下划线。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::SequenceEditor</name>
    <message>
        <source>template of a sequence</source>
        <translation>序列模板</translation>
    </message>
    <message>
        <source>choice of model</source>
        <translation>模型的选择</translation>
    </message>
    <message>
        <source>name of a sequence</source>
        <translation>序列名称</translation>
    </message>
    <message>
        <source>Floors</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>removing a task</source>
        <translation>删除任务</translation>
    </message>
    <message>
        <source>order of tasks</source>
        <translation>任务顺序</translation>
    </message>
    <message>
        <source>adding a task</source>
        <translation>添加任务</translation>
    </message>
    <message>
        <source>Choose the rows to learn</source>
        <translation>选择要学习的数据</translation>
    </message>
    <message>
        <source>Rows (*.jsonl *.json *.csv *.parquet *.arrow);;All files (*)</source>
        <translation>数据 (*.jsonl *.json *.csv *.parquet *.arrow);;所有文件 (*)</translation>
    </message>
    <message>
        <source>task to learn</source>
        <translation>要学习的任务</translation>
    </message>
    <message>
        <source>adapter to begin from</source>
        <translation>起始适配器</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>where; what is wrong</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Start from</source>
        <translation>从模板开始</translation>
    </message>
    <message>
        <source>Safety → task</source>
        <translation>安全 → 任务</translation>
    </message>
    <message>
        <source>First learn to refuse what is harmful, then a task; safety is watched</source>
        <translation>先学会拒绝有害请求，再学一个任务；同时监视安全性</translation>
    </message>
    <message>
        <source>Template: safety, then a task</source>
        <translation>模板：先安全，再一个任务</translation>
    </message>
    <message>
        <source>Tasks one after another</source>
        <translation>任务一个接一个</translation>
    </message>
    <message>
        <source>Three built-in tasks, each keeping off what the ones before use</source>
        <translation>三个内置任务，每个都避开前面任务所用的部分</translation>
    </message>
    <message>
        <source>Template: tasks one after another</source>
        <translation>模板：任务一个接一个</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the sequence</source>
        <translation>序列的名称</translation>
    </message>
    <message>
        <source>+ Add task</source>
        <translation>+ 添加任务</translation>
    </message>
    <message>
        <source>Add a task</source>
        <translation>添加一个任务</translation>
    </message>
    <message>
        <source>Tasks in order</source>
        <translation>按顺序的任务</translation>
    </message>
</context>
<context>
    <name>lori::ui::SequenceOutcome</name>
    <message>
        <source>%1 lost %2</source>
        <comment>a score and its loss with interval</comment>
        <translation>%1 损失 %2</translation>
    </message>
    <message>
        <source>Forgotten: %1.</source>
        <translation>已遗忘：%1。</translation>
    </message>
    <message>
        <source>Nothing fell below its best by more than chance explains. With the rows measured here, a loss of up to %1 points could go unseen.</source>
        <translation>没有任何分数低于其最好成绩超过偶然所能解释的程度。以这里测量的行数，最多 %1 个百分点的损失可能看不出来。</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基础</translation>
    </message>
    <message>
        <source>%1 points [%2 to %3]</source>
        <translation>%1 个百分点 [%2 至 %3]</translation>
    </message>
    <message>
        <source>%1 points</source>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>floor: %1</source>
        <translation>下限：%1</translation>
    </message>
</context>
<context>
    <name>lori::ui::SequencePage</name>
    <message>
        <source>There is no adapter in %1: the sequence begins as it was.</source>
        <translation>%1 中没有适配器：序列的起点保持不变。</translation>
    </message>
    <message>
        <source>taking over a sequence</source>
        <translation>沿用一个序列</translation>
    </message>
    <message>
        <source>task %1, %2</source>
        <translation>任务 %1，%2</translation>
    </message>
    <message>
        <source>measuring the base model</source>
        <translation>测量基础模型</translation>
    </message>
    <message>
        <source>waiting for the worker</source>
        <translation>等待工作进程</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>还剩 %1</translation>
    </message>
    <message>
        <source>Failed at %1: %2</source>
        <comment>task; what happened</comment>
        <translation>在 %1 失败：%2</translation>
    </message>
    <message>
        <source>The program that worked on it is gone, at %1. Resume goes on from the last checkpoint.</source>
        <translation>执行它的程序在 %1 时消失了。“恢复”会从最后一个检查点继续。</translation>
    </message>
    <message>
        <source>It was discarded; nothing is left to go on from.</source>
        <translation>它已被丢弃，没有可以继续的内容。</translation>
    </message>
    <message>
        <source>Stopped at %1. Resume goes on from there.</source>
        <translation>在 %1 停止。“恢复”会从那里继续。</translation>
    </message>
    <message>
        <source>What you can do</source>
        <translation>可以做什么</translation>
    </message>
    <message>
        <source>&amp;Open run</source>
        <translation>打开运行(&amp;O)</translation>
    </message>
    <message>
        <source>Curves, answers and the log of this sequence</source>
        <translation>该序列的曲线、回答和日志</translation>
    </message>
    <message>
        <source>A&amp;gain …</source>
        <translation>再来一次(&amp;G)…</translation>
    </message>
    <message>
        <source>Takes its settings over into a new sequence</source>
        <translation>把它的设置带入新序列</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Ask the last adapter something, look into the run, or set the same up again and change one thing.</source>
        <translation>向最后的适配器提问，查看该运行，或者再设置一次并改动一处。</translation>
    </message>
    <message>
        <source>Puts the adapter of the last task beside the base model</source>
        <translation>把最后一个任务的适配器与基础模型并排</translation>
    </message>
    <message>
        <source>The adapter’s folder is gone</source>
        <translation>适配器的文件夹不见了</translation>
    </message>
    <message>
        <source>The worker has not started yet</source>
        <translation>工作进程尚未启动</translation>
    </message>
    <message>
        <source>While it runs</source>
        <translation>运行期间</translation>
    </message>
    <message>
        <source>It goes on when this window is closed. A pause keeps everything in memory; a stop keeps the last checkpoint, and Resume goes on from it.</source>
        <translation>关闭此窗口后它会继续运行。暂停会把一切保留在内存中；停止会保留最后一个检查点，“恢复”从那里继续。</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>继续(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>暂停(&amp;P)</translation>
    </message>
    <message>
        <source>Sto&amp;p and keep</source>
        <translation>停止并保留(&amp;P)</translation>
    </message>
    <message>
        <source>Tasks that were done stay done. Resume goes on with the rest; Again sets the same up anew, to change what was in the way.</source>
        <translation>已完成的任务保持不变。“恢复”继续其余部分；“再来一次”重新设置同样的序列，以便改掉造成阻碍的地方。</translation>
    </message>
    <message>
        <source>Goes on from the last checkpoint</source>
        <translation>从最后一个检查点继续</translation>
    </message>
    <message>
        <source>It was discarded</source>
        <translation>它已被丢弃</translation>
    </message>
    <message>
        <source>New sequence</source>
        <translation>新序列</translation>
    </message>
    <message>
        <source>Before it starts</source>
        <translation>开始之前</translation>
    </message>
    <message>
        <source>Ready to start</source>
        <translation>可以开始</translation>
    </message>
    <message>
        <source>Problems: %1</source>
        <translation>问题：%1</translation>
    </message>
    <message>
        <source>&amp;Start sequence</source>
        <translation>开始序列(&amp;S)</translation>
    </message>
    <message>
        <source>The score of %1 fell from %2 to %3, more than its floor allows.</source>
        <translation>%1 的分数从 %2 降到 %3，超过了下限所允许的程度。</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>顺序学习</translation>
    </message>
    <message>
        <source>Sequence to show</source>
        <translation>要显示的序列</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>what it learns</source>
        <translation>学习内容</translation>
    </message>
    <message>
        <source>method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>Task %1, %2</source>
        <translation>任务 %1，%2</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Floors</source>
        <translation>下限</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>where; what is wrong</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>The adapter to begin from is gone: %1. Choose another one.</source>
        <translation>起始适配器不见了：%1。请另选一个。</translation>
    </message>
    <message>
        <source>Your files cannot be written: %1</source>
        <translation>无法写入你的文件：%1</translation>
    </message>
    <message>
        <source>No task has a mask that keeps off the others: each may overwrite what was learned before.</source>
        <translation>没有任务的掩码会避开其他任务：每个任务都可能覆盖之前所学。</translation>
    </message>
    <message>
        <source>Too little: the masks together want %1 of B. The last tasks get only what is still free; a higher sparsity makes room.</source>
        <translation>空间不足：所有掩码合计需要 B 的 %1。最后的任务只能得到仍空闲的部分；提高稀疏度可以腾出空间。</translation>
    </message>
    <message>
        <source>At %1 sparsity there is room for %2 tasks beside one another. This sequence takes %3 of B; %4 stays free.</source>
        <translation>稀疏度为 %1 时，可以并列容纳 %2 个任务。该序列占用 B 的 %3；还有 %4 空闲。</translation>
    </message>
    <message>
        <source>Tasks: %1. Steps in all: %2.</source>
        <translation>任务：%1。总步数：%2。</translation>
    </message>
    <message>
        <source>A sparse task trains twice: a dense training finds its mask, then the masked one learns.</source>
        <translation>稀疏任务训练两次：先用稠密训练找到掩码，再在掩码下学习。</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>将要做什么</translation>
    </message>
    <message>
        <source>Room for masks</source>
        <translation>掩码的空间</translation>
    </message>
    <message>
        <source>Estimates</source>
        <translation>估计</translation>
    </message>
    <message>
        <source>Time: %1 (%2)
Memory: %3
Disk: %4</source>
        <translation>时间：%1（%2）
内存：%3
磁盘：%4</translation>
    </message>
    <message>
        <source>speed measured here</source>
        <translation>速度在本机测得</translation>
    </message>
    <message>
        <source>speed assumed</source>
        <translation>速度为假定值</translation>
    </message>
    <message>
        <source>Try &amp;it</source>
        <translation>试用(&amp;I)</translation>
    </message>
    <message>
        <source>Resume &amp;with the changed data</source>
        <translation>用已更改的数据恢复(&amp;W)</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>恢复(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>显示(&amp;S)</translation>
    </message>
    <message>
        <source>Three ways on</source>
        <translation>三种继续方式</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>A new sequence goes on from step %1, the last check at which every floor held, with a lower learning rate if you like; this one is stopped and stays as it is.</source>
        <translation>一个新的顺序学习从第 %1 步（最后一次所有底线都守住的检查）继续，可以用更低的学习率；当前这个会停止并保持原样。</translation>
    </message>
    <message>
        <source>No check of this task came before the fall, so there is nothing to go back to.</source>
        <translation>这个任务在下跌之前没有检查过，所以没有可以退回的地方。</translation>
    </message>
    <message>
        <source>Lower the rate</source>
        <translation>降低学习率</translation>
    </message>
    <message>
        <source>It goes on from here with smaller steps; what was lost may come back or not.</source>
        <translation>从这里以更小的步子继续；失去的可能恢复，也可能不恢复。</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>接受</translation>
    </message>
    <message>
        <source>It goes on as it is. This fall is not said again before the score has recovered; other floors still hold.</source>
        <translation>照原样继续。在分数恢复之前不会再次提示这次下跌；其他底线仍然有效。</translation>
    </message>
    <message>
        <source>A&amp;ccept and continue</source>
        <translation>接受并继续(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Lower the rate…</source>
        <translation>降低学习率(&amp;L)…</translation>
    </message>
    <message>
        <source>Go &amp;back…</source>
        <translation>退回(&amp;B)…</translation>
    </message>
    <message>
        <source>%1, gone back</source>
        <translation>%1，已退回</translation>
    </message>
    <message>
        <source>&amp;Queue it without protection</source>
        <translation>不带保护排入队列(&amp;Q)</translation>
    </message>
    <message>
        <source>The same tasks again, free to change what earlier ones learned and without floors: its table beside this one shows what the protection is worth</source>
        <translation>同样的任务再做一遍，可以随意改变以前任务学到的东西，也没有底线：把它的表格与这个相比，就知道保护有多大价值</translation>
    </message>
    <message>
        <source>%1, without protection</source>
        <translation>%1，不带保护</translation>
    </message>
    <message>
        <source>Lost without protection</source>
        <translation>无保护时的损失</translation>
    </message>
    <message>
        <source>Lost with protection</source>
        <translation>有保护时的损失</translation>
    </message>
</context>
<context>
    <name>lori::ui::SequenceSide</name>
    <message>
        <source>Problems</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>lori::ui::SequenceView</name>
    <message>
        <source>%1 of all steps</source>
        <translation>全部步数的 %1</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>准备中</translation>
    </message>
    <message>
        <source>What came of the sequence</source>
        <translation>该序列的结果</translation>
    </message>
    <message>
        <source>The sequence</source>
        <translation>序列</translation>
    </message>
    <message>
        <source>What was kept and what was forgotten</source>
        <translation>保留了什么，忘记了什么</translation>
    </message>
    <message>
        <source>The first scores come when the base model was measured.</source>
        <translation>基础模型测量完成后才有第一批分数。</translation>
    </message>
    <message>
        <source>Progress of the sequence</source>
        <translation>序列的进度</translation>
    </message>
    <message>
        <source>Scores after each task</source>
        <translation>每个任务之后的分数</translation>
    </message>
    <message>
        <source>share</source>
        <translation>比例</translation>
    </message>
</context>
<context>
    <name>lori::ui::SettingTable</name>
    <message>
        <source>Setting</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>–</source>
        <comment>a run has no such setting</comment>
        <translation>–</translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
</context>
<context>
    <name>lori::ui::SettingWords</name>
    <message>
        <source>SHA-256 of %1</source>
        <comment>a file that was read</comment>
        <translation>%1 的 SHA-256</translation>
    </message>
    <message>
        <source>SHA-256 of the base model</source>
        <translation>基础模型的 SHA-256</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>程序</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>计算机</translation>
    </message>
</context>
<context>
    <name>lori::ui::SettingsDialog</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>关闭(&amp;O)</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>&amp;Look</source>
        <translation>外观(&amp;L)</translation>
    </message>
    <message>
        <source>Light and dark change everything at once, charts and maps too.</source>
        <translation>浅色和深色会立即改变一切，包括图表和热图。</translation>
    </message>
    <message>
        <source>L&amp;anguage</source>
        <translation>语言(&amp;A)</translation>
    </message>
    <message>
        <source>Of the window; what adapters and files hold stays as it is.</source>
        <translation>窗口的语言；适配器和文件的内容保持不变。</translation>
    </message>
    <message>
        <source>&amp;Reset</source>
        <translation>重置(&amp;R)</translation>
    </message>
    <message>
        <source>Reset the window&apos;s layout</source>
        <translation>重置窗口布局</translation>
    </message>
    <message>
        <source>Layout of the window</source>
        <translation>窗口布局</translation>
    </message>
    <message>
        <source>Size, tool bar and columns as at the first start.</source>
        <translation>大小、工具栏和列恢复到首次启动时的样子。</translation>
    </message>
    <message>
        <source>&amp;Show folder</source>
        <translation>显示文件夹(&amp;S)</translation>
    </message>
    <message>
        <source>Work in another &amp;folder…</source>
        <translation>使用另一个文件夹(&amp;F)…</translation>
    </message>
    <message>
        <source>Your files</source>
        <translation>你的文件</translation>
    </message>
    <message>
        <source>Runs, adapters, masks and the history lie in %1. Nothing leaves this computer.</source>
        <translation>运行、适配器、掩码和历史都在 %1。没有任何东西离开这台计算机。</translation>
    </message>
    <message>
        <source>&amp;Empty trash…</source>
        <translation>清空废纸篓(&amp;E)…</translation>
    </message>
    <message>
        <source>Trash</source>
        <translation>废纸篓</translation>
    </message>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n 次运行</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n run(s), %1</source>
        <translation>
            <numerusform>%n 次运行，%1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n run(s) for good</source>
        <translation>
            <numerusform>永久删除 %n 次运行</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete for good</source>
        <translation>永久删除</translation>
    </message>
    <message>
        <source>&amp;Tell when a run ends</source>
        <translation>运行结束时通知(&amp;T)</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>By the desktop, while this window is not in front.</source>
        <translation>当本窗口不在前台时，由桌面发出。</translation>
    </message>
    <message>
        <source>all</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>&amp;Processor threads</source>
        <translation>处理器线程(&amp;P)</translation>
    </message>
    <message>
        <source>Of experiments that begin from a preset after this. Fewer take longer and leave the computer free for other work; an experiment&apos;s own number stands in its advanced form.</source>
        <translation>用于此后从预设开始的实验。线程越少，耗时越长，但电脑可留给其他工作；某个实验自己的数值在其高级表单中。</translation>
    </message>
    <message>
        <source>Runs in the trash can be brought back on the History page until they are deleted.</source>
        <translation>回收站中的运行在被删除之前，可在历史页上恢复。</translation>
    </message>
    <message numerus="yes">
        <source>for %n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>until it is emptied</source>
        <translation>直到清空</translation>
    </message>
    <message>
        <source>The trash &amp;keeps runs</source>
        <translation>回收站保留运行(&amp;K)</translation>
    </message>
    <message>
        <source>Then this window deletes them for good. The time begins when a run is put there, and anew for all when another time is chosen here.</source>
        <translation>之后本窗口会将其永久删除。时间从运行放入回收站时算起；在此选择其他时间后，所有运行重新计时。</translation>
    </message>
</context>
<context>
    <name>lori::ui::SettingsTab</name>
    <message>
        <source>&amp;Differences only</source>
        <translation>仅显示差异(&amp;D)</translation>
    </message>
    <message>
        <source>Leave out what all runs have in common</source>
        <translation>略去所有运行相同的设置</translation>
    </message>
    <message>
        <source>One run has no differences; add another one.</source>
        <translation>单次运行没有差异；请再添加一次。</translation>
    </message>
    <message>
        <source>Settings of the compared runs</source>
        <translation>所比较运行的设置</translation>
    </message>
    <message numerus="yes">
        <source>%n setting(s)</source>
        <translation>
            <numerusform>%n 项设置</numerusform>
        </translation>
    </message>
    <message>
        <source>The runs have the same settings.</source>
        <translation>这些运行的设置相同。</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n setting(s) differ</source>
        <translation>
            <numerusform>%n 项设置中有 %1 项不同</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::ShortcutsDialog</name>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>Next field, previous field</source>
        <translation>下一个字段，上一个字段</translation>
    </message>
    <message>
        <source>Close the message</source>
        <translation>关闭消息</translation>
    </message>
    <message>
        <source>Charts: move the crosshair, zoom, whole range</source>
        <translation>图表：移动十字线、缩放、全部范围</translation>
    </message>
    <message>
        <source>Arrows, + and −, Home</source>
        <translation>方向键、+ 和 −、Home</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Cl&amp;ose</source>
        <translation>关闭(&amp;O)</translation>
    </message>
    <message>
        <source>History: search, rename, compare</source>
        <translation>历史：搜索、重命名、比较</translation>
    </message>
    <message>
        <source>Runs, Log: as it is stored</source>
        <translation>运行，日志：按存储的原样显示</translation>
    </message>
    <message>
        <source>Models: take a folder off the list</source>
        <translation>模型：从列表中移除文件夹</translation>
    </message>
    <message>
        <source>Sequence: a stage earlier or later</source>
        <translation>序列：将阶段前移或后移</translation>
    </message>
    <message>
        <source>Alt and Left or Right</source>
        <translation>Alt 加左或右</translation>
    </message>
    <message>
        <source>Menu by letter, first menu</source>
        <translation>按字母打开菜单，第一个菜单</translation>
    </message>
    <message>
        <source>Alt and the underlined letter, F10</source>
        <translation>Alt 加下划线字母，F10</translation>
    </message>
    <message>
        <source>Masks: copy the picture</source>
        <translation>掩码：复制图片</translation>
    </message>
</context>
<context>
    <name>lori::ui::Sidebar</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>page and its key</comment>
        <translation>%1（%2）</translation>
    </message>
</context>
<context>
    <name>lori::ui::SiteSwitches</name>
    <message>
        <source>off</source>
        <translation>关</translation>
    </message>
    <message>
        <source>on</source>
        <translation>开</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>%1 of %2 parts on</source>
        <translation>已开启 %1 / %2 个部分</translation>
    </message>
    <message>
        <source>Every part is on</source>
        <translation>所有部分都已开启</translation>
    </message>
    <message>
        <source>Switch every part on again</source>
        <translation>重新开启所有部分</translation>
    </message>
    <message>
        <source>no part of this adapter</source>
        <translation>此适配器没有这一部分</translation>
    </message>
    <message>
        <source>off for the next question</source>
        <translation>下一个问题中关闭</translation>
    </message>
    <message>
        <source>Switch parts off…</source>
        <translation>关闭部分…</translation>
    </message>
    <message>
        <source>Ask the next question without some of the places where this adapter acts.</source>
        <translation>下一个问题不使用此适配器的某些作用位置。</translation>
    </message>
    <message>
        <source>Switch parts of %1 off</source>
        <translation>关闭 %1 的部分位置</translation>
    </message>
    <message>
        <source>All on</source>
        <translation>全部开启</translation>
    </message>
    <message>
        <source>Switch all parts of %1 on again</source>
        <translation>重新开启 %1 的所有部分</translation>
    </message>
    <message>
        <source>Parts of %1 by layer and projection</source>
        <translation>%1 的各部分（按层和投影）</translation>
    </message>
    <message>
        <source>The parts are known once the adapter is loaded.</source>
        <translation>加载适配器后才知道有哪些部分。</translation>
    </message>
</context>
<context>
    <name>lori::ui::StageCard</name>
    <message>
        <source>task to learn</source>
        <translation>要学习的任务</translation>
    </message>
    <message>
        <source>method</source>
        <translation>方法</translation>
    </message>
    <message>
        <source>steps of a task</source>
        <translation>任务的步数</translation>
    </message>
    <message>
        <source>sparsity of a task</source>
        <translation>任务的稀疏度</translation>
    </message>
    <message>
        <source>keeping off earlier tasks</source>
        <translation>避开先前任务</translation>
    </message>
    <message>
        <source>Own file …</source>
        <translation>自己的文件…</translation>
    </message>
    <message>
        <source>Only LoRI-S has a mask: LoRI-D changes every entry of B, also those of earlier tasks</source>
        <translation>只有 LoRI-S 有掩码：LoRI-D 会改变 B 的每一项，包括先前任务所用的</translation>
    </message>
    <message>
        <source>No earlier task has a mask to keep off</source>
        <translation>没有先前任务的掩码需要避开</translation>
    </message>
    <message>
        <source>The mask takes only entries of B that no earlier task uses, so nothing learned before is overwritten</source>
        <translation>掩码只取 B 中先前任务未用的项，因此之前所学不会被覆盖</translation>
    </message>
    <message>
        <source>Share of B that stays zero</source>
        <translation>B 中保持为零的比例</translation>
    </message>
    <message>
        <source>LoRI-D trains all of B</source>
        <translation>LoRI-D 训练整个 B</translation>
    </message>
    <message>
        <source>Remove this task</source>
        <translation>删除此任务</translation>
    </message>
    <message>
        <source>A sequence has at least one task</source>
        <translation>序列至少要有一个任务</translation>
    </message>
    <message>
        <source>Task %1</source>
        <translation>任务 %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>Task 2: steps</comment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Earlier (Alt+Left)</source>
        <translation>提前（Alt+←）</translation>
    </message>
    <message>
        <source>Later (Alt+Right)</source>
        <translation>推后（Alt+→）</translation>
    </message>
    <message>
        <source>move to an earlier place</source>
        <translation>移到前一个位置</translation>
    </message>
    <message>
        <source>move to a later place</source>
        <translation>移到后一个位置</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>learns</source>
        <translation>学习内容</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>sparsity in percent</source>
        <translation>稀疏度（百分比）</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Sparsity, %</source>
        <translation>稀疏度，%</translation>
    </message>
    <message>
        <source>Sparse (LoRI-S)</source>
        <translation>稀疏（LoRI-S）</translation>
    </message>
    <message>
        <source>Dense (LoRI-D)</source>
        <translation>稠密（LoRI-D）</translation>
    </message>
    <message>
        <source>A mask of its own: first a short dense training finds it</source>
        <translation>有自己的掩码：先用一段稠密训练找到它</translation>
    </message>
    <message>
        <source>All of B: learns most, and overwrites what earlier tasks learned</source>
        <translation>整个 B：学得最多，但会覆盖先前任务所学</translation>
    </message>
    <message>
        <source>what earlier tasks use</source>
        <translation>先前任务使用的项</translation>
    </message>
    <message>
        <source>Own choice</source>
        <translation>自行选择</translation>
    </message>
    <message>
        <source>The mask takes the largest entries of B, whoever used them before: shared ones are overwritten</source>
        <translation>掩码取 B 中最大的项，不论之前由谁使用：共用的项会被覆盖</translation>
    </message>
    <message>
        <source>Avoid earlier ground</source>
        <translation>避开先前任务的区域</translation>
    </message>
    <message>
        <source>Protect earlier ground</source>
        <translation>保护先前任务的区域</translation>
    </message>
    <message>
        <source>The mask is the task&apos;s own choice without the entries that an earlier task uses: fewer entries, and nothing learned before is overwritten</source>
        <translation>掩码是该任务自己的选择，去掉先前任务使用的项：项更少，之前所学不会被覆盖</translation>
    </message>
</context>
<context>
    <name>lori::ui::StageStrip</name>
    <message>
        <source>waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Stages of the run</source>
        <translation>运行的各阶段</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
</context>
<context>
    <name>lori::ui::StatusLine</name>
    <message>
        <source>No run at work</source>
        <translation>没有正在进行的运行</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余%2</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>运行进度</translation>
    </message>
    <message>
        <source>%1 memory free · %2 disk free</source>
        <translation>可用内存 %1 · 可用磁盘 %2</translation>
    </message>
    <message>
        <source>The run takes %1 · %2</source>
        <translation>运行占用 %1 · %2</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>a run and its state, what it does</comment>
        <translation>%1，%2</translation>
    </message>
</context>
<context>
    <name>lori::ui::StudiesPage</name>
    <message>
        <source>the study&apos;s own</source>
        <translation>研究自带的</translation>
    </message>
    <message>
        <source>The program&apos;s recipes were not found. Install it again.</source>
        <translation>没有找到程序自带的研究文件。请重新安装。</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查找……</translation>
    </message>
    <message>
        <source>After %1.</source>
        <translation>依据 %1。</translation>
    </message>
    <message>
        <source>Nothing was found yet. Started, the study works through its trainings, merges and measurements one after the other; what is done is never done again, also when it is stopped in between.</source>
        <translation>还没有结果。开始之后，研究会依次完成其中的训练、合并和测量；做完的部分不会重做，中途停止也一样。</translation>
    </message>
    <message>
        <source>%1 · %2 left</source>
        <translation>%1 · 还需%2</translation>
    </message>
    <message>
        <source>Studies</source>
        <translation>研究</translation>
    </message>
    <message>
        <source>&amp;Model</source>
        <translation>模型(&amp;M)</translation>
    </message>
    <message>
        <source>Model of the study</source>
        <translation>研究使用的模型</translation>
    </message>
    <message>
        <source>Published data</source>
        <translation>公开数据</translation>
    </message>
    <message>
        <source>Folder of the published data</source>
        <translation>公开数据所在文件夹</translation>
    </message>
    <message>
        <source>&amp;Start the study</source>
        <translation>开始研究(&amp;S)</translation>
    </message>
    <message>
        <source>Add to the &amp;queue</source>
        <translation>加入队列(&amp;Q)</translation>
    </message>
    <message>
        <source>Sto&amp;p and keep</source>
        <translation>停止并保留(&amp;P)</translation>
    </message>
    <message>
        <source>S&amp;ave report…</source>
        <translation>保存报告(&amp;A)…</translation>
    </message>
    <message>
        <source>Progress of the study</source>
        <translation>研究的进度</translation>
    </message>
    <message>
        <source>Choose a study.</source>
        <translation>请选择一项研究。</translation>
    </message>
    <message>
        <source>It is at work.</source>
        <translation>正在进行。</translation>
    </message>
    <message>
        <source>It needs the published data: fetch them on the Data page, or choose their folder here.</source>
        <translation>它需要公开数据：请在“数据”页获取，或在这里选择所在文件夹。</translation>
    </message>
    <message>
        <source>Working out how long it will take …</source>
        <translation>正在估算需要多久……</translation>
    </message>
    <message numerus="yes">
        <source>All %n steps are done.</source>
        <translation>
            <numerusform>全部 %n 步都已完成。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n steps to do, %1 on this computer.</source>
        <translation>
            <numerusform>还有 %n 步，在这台电脑上%1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n are done.</source>
        <translation>
            <numerusform>已完成 %n 步。</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” waits in the queue.</source>
        <translation>“%1”正在队列中等待。</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>保存报告</translation>
    </message>
    <message>
        <source>Markdown (*.md);;Data (*.json)</source>
        <translation>Markdown (*.md);;数据 (*.json)</translation>
    </message>
    <message>
        <source>%1 was written.</source>
        <translation>已写入 %1。</translation>
    </message>
</context>
<context>
    <name>lori::ui::StudyPhrases</name>
    <message>
        <source>Safety after NLU</source>
        <translation>NLU 之后的安全</translation>
    </message>
    <message>
        <source>Safety after GSM8K</source>
        <translation>GSM8K 之后的安全</translation>
    </message>
    <message>
        <source>Safety after HumanEval pass@1</source>
        <translation>HumanEval pass@1 之后的安全</translation>
    </message>
    <message>
        <source>Merges of NLU, maths, code and safety</source>
        <translation>NLU、数学、代码与安全的合并</translation>
    </message>
    <message>
        <source>Single tasks</source>
        <translation>单一任务</translation>
    </message>
    <message>
        <source>LoRI-S by the share of B that stays zero</source>
        <translation>按 B 中保持为零的比例看 LoRI-S</translation>
    </message>
    <message>
        <source>Loss per response token of each adapter alone</source>
        <translation>每个适配器单独时的回答词元损失</translation>
    </message>
    <message>
        <source>Loss of the sum of the four (weights 1)</source>
        <translation>四个之和的损失（权重 1）</translation>
    </message>
    <message>
        <source>Loss of half the sum (weights 0.5)</source>
        <translation>一半之和的损失（权重 0.5）</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>分数</translation>
    </message>
    <message>
        <source>Loss per response token on held-out rows</source>
        <translation>留出行上的回答词元损失</translation>
    </message>
    <message>
        <source>One task an adapter, and merges of the four</source>
        <translation>每个适配器一项任务，以及四个的合并</translation>
    </message>
    <message>
        <source>NLU after safety, on one adapter</source>
        <translation>在同一适配器上先学安全再学 NLU</translation>
    </message>
    <message>
        <source>CodeAlpaca-20k, Saferpaca and HEx-PHI themselves are not published with this program; put them into the folder to use them. The reference has no rates for full fine-tuning, LoRA and DoRA: those here are the authors&apos; rate of LoRI-D and 1e-5.</source>
        <translation>本程序不附带 CodeAlpaca-20k、Saferpaca 和 HEx-PHI；要使用它们，请放入数据文件夹。参考实现没有给出全量微调、LoRA 和 DoRA 的学习率：这里用的是作者的 LoRI-D 学习率和 1e-5。</translation>
    </message>
    <message>
        <source>NLU is the mean of the eight sets by likelihood, maths GSM8K, code HumanEval pass@1, safety refusals of harmful prompts.</source>
        <translation>NLU 为八个数据集按似然计的平均，数学为 GSM8K，代码为 HumanEval pass@1，安全为对有害提示的拒绝。</translation>
    </message>
    <message>
        <source>The change of refusals is forgetting: from the safety adapter to the same adapter after NLU.</source>
        <translation>拒绝率的变化就是遗忘：从安全适配器到同一适配器学完 NLU 之后。</translation>
    </message>
    <message>
        <source>Overlap of A against what the sum loses</source>
        <translation>A 的重叠与求和的损失</translation>
    </message>
    <message>
        <source>Overlap of A, dense B alone</source>
        <translation>A 的重叠，仅稠密 B</translation>
    </message>
    <message>
        <source>Overlap of A, sparse B alone</source>
        <translation>A 的重叠，仅稀疏 B</translation>
    </message>
    <message>
        <source>Cosine of the changes against what the sum loses</source>
        <translation>变化的余弦与求和的损失</translation>
    </message>
    <message>
        <source>Overlap of A against what half the sum loses</source>
        <translation>A 的重叠与一半之和的损失</translation>
    </message>
    <message>
        <source>overlap of A&apos;s rows</source>
        <translation>A 的行的重叠</translation>
    </message>
    <message>
        <source>mean |cosine| of ΔW</source>
        <translation>ΔW 的平均 |余弦|</translation>
    </message>
    <message>
        <source>loss per token, merged − alone</source>
        <translation>每词元损失，合并 − 单独</translation>
    </message>
    <message>
        <source>LoRI-S keeps more safety than LoRA (Figure 1c)</source>
        <translation>LoRI-S 比 LoRA 保留更多安全性（图 1c）</translation>
    </message>
    <message>
        <source>Merged by concat, LoRI-D beats LoRA (Figure 1b)</source>
        <translation>按 concat 合并时，LoRI-D 胜过 LoRA（图 1b）</translation>
    </message>
    <message>
        <source>LoRI-D is as good as LoRA (Table 1)</source>
        <translation>LoRI-D 与 LoRA 一样好（表 1）</translation>
    </message>
    <message>
        <source>LoRI-S is as good as LoRA (Table 1)</source>
        <translation>LoRI-S 与 LoRA 一样好（表 1）</translation>
    </message>
    <message>
        <source>At 90 % sparsity nothing is lost against the dense B (Figure 1a)</source>
        <translation>90 % 稀疏度下相对稠密 B 没有损失（图 1a）</translation>
    </message>
    <message>
        <source>Keeping the A of LoRI-D is better than drawing a new one (not the paper&apos;s: our default)</source>
        <translation>保留 LoRI-D 的 A 比重新抽取更好（非论文所述：本程序的默认）</translation>
    </message>
    <message>
        <source>At 90 % sparsity LoRI-S is as good as LoRI-D (Figure 1a)</source>
        <translation>90 % 稀疏度下 LoRI-S 与 LoRI-D 一样好（图 1a）</translation>
    </message>
    <message>
        <source>LoRI-D does as well as LoRA on a single task (Table 1)</source>
        <translation>在单一任务上 LoRI-D 与 LoRA 一样好（表 1）</translation>
    </message>
    <message>
        <source>LoRI-S keeps up with LoRA with 5 % of its trained parameters (Table 1)</source>
        <translation>LoRI-S 以 LoRA 5 % 的训练参数与之持平（表 1）</translation>
    </message>
    <message>
        <source>Concat keeps the tasks of LoRI-D better than linear (Table 3)</source>
        <translation>concat 比 linear 更好地保留 LoRI-D 的各任务（表 3）</translation>
    </message>
    <message>
        <source>After NLU, LoRI-S keeps more safety than LoRA (Figure 1c)</source>
        <translation>学完 NLU 后，LoRI-S 比 LoRA 保留更多安全性（图 1c）</translation>
    </message>
    <message>
        <source>harmful refused</source>
        <translation>拒绝有害请求</translation>
    </message>
    <message>
        <source>harmless refused (lower is better)</source>
        <translation>拒绝无害请求（越低越好）</translation>
    </message>
    <message>
        <source>code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>maths</source>
        <translation>数学</translation>
    </message>
    <message>
        <source>safety</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>NLU loss</source>
        <translation>NLU 损失</translation>
    </message>
    <message>
        <source>safety loss</source>
        <translation>安全损失</translation>
    </message>
    <message>
        <source>base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>alone</source>
        <translation>单独</translation>
    </message>
    <message>
        <source>A of LoRI-D</source>
        <translation>LoRI-D 的 A</translation>
    </message>
    <message>
        <source>new A</source>
        <translation>新的 A</translation>
    </message>
    <message>
        <source>safety then NLU</source>
        <translation>先安全后 NLU</translation>
    </message>
    <message>
        <source>one A for all</source>
        <translation>所有任务同一个 A</translation>
    </message>
    <message>
        <source>a random A each</source>
        <translation>各自随机的 A</translation>
    </message>
    <message>
        <source>orthogonal A</source>
        <translation>正交的 A</translation>
    </message>
    <message>
        <source>dense B</source>
        <translation>稠密 B</translation>
    </message>
    <message>
        <source>sparse B</source>
        <translation>稀疏 B</translation>
    </message>
    <message>
        <source>full fine-tuning</source>
        <translation>全量微调</translation>
    </message>
    <message>
        <source>%1 % zero</source>
        <translation>%1 % 为零</translation>
    </message>
    <message>
        <source>merged by %1</source>
        <translation>按 %1 合并</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between the parts of a title</comment>
        <translation>，</translation>
    </message>
</context>
<context>
    <name>lori::ui::StudyReport</name>
    <message>
        <source>Adapters</source>
        <translation>适配器</translation>
    </message>
    <message>
        <source>Merges</source>
        <translation>合并次数</translation>
    </message>
    <message>
        <source>95 %</source>
        <translation>95 %</translation>
    </message>
    <message>
        <source>What the paper says, held against what was measured here</source>
        <translation>论文的说法与这里的测量</translation>
    </message>
    <message>
        <source>The paper</source>
        <translation>论文</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>这里</translation>
    </message>
    <message>
        <source>Points of difference (95 %)</source>
        <translation>相差百分点（95 %）</translation>
    </message>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation>%1（%2 至 %3）</translation>
    </message>
</context>
<context>
    <name>lori::ui::StudyWords</name>
    <message>
        <source>Does near-orthogonality explain the merge?</source>
        <translation>合并效果好，是因为近似正交吗？</translation>
    </message>
    <message>
        <source>The paper argues that adapters merge well because independent random A are nearly orthogonal, and because sparse B share few entries. Here both are set by hand: one A for all tasks, a random A each, or exactly orthogonal ones; dense or sparse B; four starter tasks, three seeds. What each merge loses against its adapters alone, on rows that nobody trained on, stands against how much the adapters overlap.</source>
        <translation>论文认为，适配器之所以容易合并，是因为相互独立的随机 A 几乎正交，而且稀疏的 B 很少共用元素。这里两者都由人设定：所有任务共用一个 A、各用随机的 A，或完全正交的 A；稠密或稀疏的 B；四个入门任务，三个种子。图中把每次合并相对各适配器单独使用时的损失增加（在没有用于训练的行上），与适配器的重叠程度对照。</translation>
    </message>
    <message>
        <source>LoRI-S: the A of LoRI-D, or a new one</source>
        <translation>LoRI-S：沿用 LoRI-D 的 A，还是新的 A</translation>
    </message>
    <message>
        <source>The reference draws a new A for LoRI-S, unrelated to the one under which its mask was found; this program keeps the A of LoRI-D. Two tasks, three seeds each.</source>
        <translation>参考实现为 LoRI-S 重新抽取 A，与求掩码时的 A 无关；本程序沿用 LoRI-D 的 A。两个任务，各三个种子。</translation>
    </message>
    <message>
        <source>Score against sparsity, small</source>
        <translation>得分与稀疏度（小型）</translation>
    </message>
    <message>
        <source>How much of B can be left out before a task suffers, with the built-in model and published data.</source>
        <translation>用内置模型和公开数据，看 B 去掉多少之后任务才会变差。</translation>
    </message>
    <message>
        <source>Four tasks, merges and a sequence, small</source>
        <translation>四个任务、合并与顺序学习（小型）</translation>
    </message>
    <message>
        <source>The paper&apos;s story at the size of the built-in model: adapters for four tasks by LoRA, LoRI-D and LoRI-S, their merges, and one task learned after safety. Published data.</source>
        <translation>以内置模型的规模重现论文：用 LoRA、LoRI-D、LoRI-S 训练四个任务的适配器、它们的合并，以及在安全之后再学一个任务。使用公开数据。</translation>
    </message>
    <message>
        <source>The paper: one task each</source>
        <translation>论文：单个任务</translation>
    </message>
    <message>
        <source>The paper: score against sparsity</source>
        <translation>论文：得分与稀疏度</translation>
    </message>
    <message>
        <source>The paper: merging</source>
        <translation>论文：合并</translation>
    </message>
    <message>
        <source>The paper: tasks one after the other</source>
        <translation>论文：任务依次学习</translation>
    </message>
    <message>
        <source>At the paper&apos;s own size: an 8-billion model, published data and a GPU.</source>
        <translation>论文原本的规模：80 亿参数的模型、公开数据和 GPU。</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Too few merges for a correlation.</source>
        <translation>合并次数太少，无法计算相关。</translation>
    </message>
    <message numerus="yes">
        <source>Rank correlation over %n merges: %1.</source>
        <translation>
            <numerusform>%n 次合并的秩相关：%1。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Rank correlation over %n merges: %1 (95 %: %2).</source>
        <translation>
            <numerusform>%n 次合并的秩相关：%1（95 %：%2）。</numerusform>
        </translation>
    </message>
    <message>
        <source>More overlap goes with more loss.</source>
        <translation>重叠越多，损失越大。</translation>
    </message>
    <message>
        <source>More overlap goes with less loss.</source>
        <translation>重叠越多，损失越小。</translation>
    </message>
    <message>
        <source>Nothing clear: the interval holds zero.</source>
        <translation>没有明确结论：区间包含零。</translation>
    </message>
    <message>
        <source>agrees</source>
        <translation>一致</translation>
    </message>
    <message>
        <source>disagrees</source>
        <translation>不一致</translation>
    </message>
    <message>
        <source>no clear difference</source>
        <translation>没有明显差别</translation>
    </message>
</context>
<context>
    <name>lori::ui::SweepDialog</name>
    <message>
        <source>Train at several values</source>
        <translation>用多个取值训练</translation>
    </message>
    <message>
        <source>Each combination of the values below becomes a run of “%1”. What stays empty stays as the form has it.</source>
        <translation>下面各取值的每种组合都会成为“%1”的一次运行。留空的项保持表单中的设置。</translation>
    </message>
    <message>
        <source>S&amp;parsity, %</source>
        <translation>稀疏度，%(&amp;P)</translation>
    </message>
    <message>
        <source>Entries of B that the mask leaves out</source>
        <translation>掩码舍去的 B 元素比例</translation>
    </message>
    <message>
        <source>This experiment finds no mask: choose LoRI with a sparse mask in the form first</source>
        <translation>此实验不生成掩码：请先在表单中选择带稀疏掩码的 LoRI</translation>
    </message>
    <message>
        <source>for example 50 80 90 95 99</source>
        <translation>例如 50 80 90 95 99</translation>
    </message>
    <message>
        <source>&amp;Rank</source>
        <translation>秩(&amp;R)</translation>
    </message>
    <message>
        <source>Alpha stays as it is, so a higher rank makes each step smaller (alpha / rank)</source>
        <translation>Alpha 保持不变，因此秩越高，每一步越小（alpha / 秩）</translation>
    </message>
    <message>
        <source>for example 8 16 32</source>
        <translation>例如 8 16 32</translation>
    </message>
    <message>
        <source>&amp;Learning rate</source>
        <translation>学习率(&amp;L)</translation>
    </message>
    <message>
        <source>Of every training stage</source>
        <translation>用于每个训练阶段</translation>
    </message>
    <message>
        <source>for example 1e-4 3e-4 1e-3</source>
        <translation>例如 1e-4 3e-4 1e-3</translation>
    </message>
    <message>
        <source>%1. Values apart by spaces.</source>
        <translation>%1。各取值用空格分开。</translation>
    </message>
    <message>
        <source>Repetitions</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>Each with a seed of its own; their spread tells chance from effect. The frozen A stays the same</source>
        <translation>每次使用各自的随机种子；结果的离散程度可以区分偶然与真实效果。冻结的 A 保持不变</translation>
    </message>
    <message>
        <source>Repe&amp;titions</source>
        <translation>重复次数(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Start now</source>
        <translation>立即开始(&amp;S)</translation>
    </message>
    <message>
        <source>Add to the &amp;queue</source>
        <translation>加入队列(&amp;Q)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>a number is missing</source>
        <translation>缺少数字</translation>
    </message>
    <message>
        <source>Give one field at least two values, or more than one repetition</source>
        <translation>请至少给一个字段填写两个取值，或设置多于一次的重复</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>正在计算…</translation>
    </message>
    <message numerus="yes">
        <source>%n training(s)</source>
        <translation>
            <numerusform>%n 次训练</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n of them done already</source>
        <translation>
            <numerusform>，其中 %n 次已完成</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2, %3 on disk, %4 of memory</source>
        <translation>%1：%2，磁盘 %3，内存 %4</translation>
    </message>
</context>
<context>
    <name>lori::ui::SweepTableModel</name>
    <message>
        <source>Sparsity</source>
        <translation>稀疏度</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>lori::ui::SweepValues</name>
    <message>
        <source>“%1”: %2</source>
        <translation>“%1”：%2</translation>
    </message>
    <message>
        <source>“%1” stands there twice</source>
        <translation>“%1”出现了两次</translation>
    </message>
</context>
<context>
    <name>lori::ui::SweepView</name>
    <message>
        <source>Reading the history …</source>
        <translation>正在读取历史……</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n run(s))</source>
        <translation>
            <numerusform>%1（%n 个运行）</numerusform>
        </translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>There is no sweep yet: two finished runs or more that differ in nothing but sparsity (and seeds). Train once with LoRI-S; then take another sparsity under “One mask”, and “Use this sparsity in a new experiment”.</source>
        <translation>还没有扫描：需要两个或更多已完成、只有稀疏度（和种子）不同的运行。请先用 LoRI-S 训练一次；然后在“单个掩码”中选择另一个稀疏度，并点“在新实验中使用此稀疏度”。</translation>
    </message>
    <message>
        <source>Set up an experiment</source>
        <translation>设置实验</translation>
    </message>
    <message>
        <source>before training</source>
        <translation>训练前</translation>
    </message>
    <message>
        <source>knee: %1</source>
        <translation>拐点：%1</translation>
    </message>
    <message>
        <source>S&amp;weep:</source>
        <translation>扫描(&amp;W)：</translation>
    </message>
    <message>
        <source>Sweep that is shown</source>
        <translation>显示的扫描</translation>
    </message>
    <message>
        <source>No sweep yet</source>
        <translation>还没有扫描</translation>
    </message>
    <message>
        <source>S&amp;core:</source>
        <translation>得分(&amp;C)：</translation>
    </message>
    <message>
        <source>Score that is drawn</source>
        <translation>绘出的得分</translation>
    </message>
    <message>
        <source>Score against sparsity</source>
        <translation>得分与稀疏度</translation>
    </message>
    <message>
        <source>Sparsity in %</source>
        <translation>稀疏度（%）</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>sparsity %1</source>
        <translation>稀疏度 %1</translation>
    </message>
    <message>
        <source>Nothing was measured with these masks.</source>
        <translation>没有用这些掩码测过任何东西。</translation>
    </message>
    <message>
        <source>Runs of the sweep</source>
        <translation>扫描中的运行</translation>
    </message>
    <message>
        <source>&amp;Open its mask</source>
        <translation>打开其掩码(&amp;O)</translation>
    </message>
    <message>
        <source>Open the mask of the selected run</source>
        <translation>打开所选运行的掩码</translation>
    </message>
    <message>
        <source>&amp;Use this sparsity in the experiment</source>
        <translation>在实验中使用此稀疏度(&amp;U)</translation>
    </message>
    <message>
        <source>Use the sparsity of the selected run in the experiment</source>
        <translation>在实验中使用所选运行的稀疏度</translation>
    </message>
    <message>
        <source>What the sweep shows</source>
        <translation>扫描的结论</translation>
    </message>
</context>
<context>
    <name>lori::ui::SweepWords</name>
    <message>
        <source>These runs have no score in common that was measured with the mask. Choose tasks to measure under “Scores” of an experiment.</source>
        <translation>这些运行没有共同的、带掩码测得的得分。请在实验的“得分”中选择要测的任务。</translation>
    </message>
    <message numerus="yes">
        <source>%n sparsities are too few to see where the curve bends: it takes three.</source>
        <translation>
            <numerusform>%n 个稀疏度太少，看不出曲线在哪里弯折：需要三个。</numerusform>
        </translation>
    </message>
    <message>
        <source>No clear loss up to a sparsity of %1 (%2; best: %3 at %4). The knee, if there is one, lies further on.</source>
        <translation>直到稀疏度 %1 都没有明显损失（%2；最好：%4 时为 %3）。拐点若存在，还在更远处。</translation>
    </message>
    <message>
        <source>The least sparse runs are clearly worse than the best (%1 at %2): this curve does not fall with sparsity, and has no knee.</source>
        <translation>稀疏度最低的运行明显差于最好的（%2 时为 %1）：这条曲线并不随稀疏度下降，没有拐点。</translation>
    </message>
    <message>
        <source>Knee at %1: %2, no clear loss against the best (%3 at %4); at %5 it is clearly worse (%6).</source>
        <translation>拐点在 %1：%2，与最好的（%4 时为 %3）相比没有明显损失；到 %5 时明显变差（%6）。</translation>
    </message>
</context>
<context>
    <name>lori::ui::TaskCatalog</name>
    <message>
        <source>Published: language understanding</source>
        <translation>已发布：语言理解</translation>
    </message>
    <message>
        <source>Published: maths</source>
        <translation>已发布：数学</translation>
    </message>
    <message>
        <source>Published: code</source>
        <translation>已发布：代码</translation>
    </message>
    <message>
        <source>Published: safety</source>
        <translation>已发布：安全</translation>
    </message>
    <message>
        <source>Published: %1</source>
        <translation>已发布：%1</translation>
    </message>
    <message>
        <source>Starter tasks</source>
        <translation>入门任务</translation>
    </message>
    <message>
        <source>the training rows of %1 are not in %2</source>
        <translation>%1 的训练数据不在 %2 中</translation>
    </message>
    <message>
        <source>the test rows of %1 are not in %2</source>
        <translation>%1 的测试数据不在 %2 中</translation>
    </message>
    <message>
        <source>put their file there</source>
        <translation>请把它们的文件放到那里</translation>
    </message>
    <message>
        <source>%1; %2, or choose another task</source>
        <comment>what is missing; how to get it</comment>
        <translation>%1；%2，或选择另一个任务</translation>
    </message>
    <message>
        <source>get what can be fetched (%1) on the Data page, and put the rest there</source>
        <translation>可获取的（%1）请在“数据”页获取，其余的请放到那里</translation>
    </message>
    <message>
        <source>choose %1 on the Data page and press Get</source>
        <translation>请在“数据”页选择 %1 并按“获取”</translation>
    </message>
</context>
<context>
    <name>lori::ui::TerritoryTableModel</name>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>模块</translation>
    </message>
    <message>
        <source>All entries</source>
        <translation>全部条目</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>空闲</translation>
    </message>
</context>
<context>
    <name>lori::ui::TerritoryView</name>
    <message>
        <source>Room &amp;left for masks of this sparsity, in %:</source>
        <translation>此稀疏度（%）的掩码的余地(&amp;L)：</translation>
    </message>
    <message>
        <source>Sparsity of further masks in percent</source>
        <translation>后续掩码的稀疏度（百分比）</translation>
    </message>
    <message>
        <source>chosen in:</source>
        <translation>选择范围：</translation>
    </message>
    <message>
        <source>Where the entries of further masks compete</source>
        <translation>后续掩码的条目在哪里竞争</translation>
    </message>
    <message>
        <source>Whole model</source>
        <translation>整个模型</translation>
    </message>
    <message>
        <source>Each module kind</source>
        <translation>每类模块</translation>
    </message>
    <message>
        <source>Each projection</source>
        <translation>每种投影</translation>
    </message>
    <message>
        <source>Each layer</source>
        <translation>每一层</translation>
    </message>
    <message>
        <source>Each matrix</source>
        <translation>每个矩阵</translation>
    </message>
    <message>
        <source>Map of whose the entries are: layers by projections</source>
        <translation>条目归属图：层 × 投影</translation>
    </message>
    <message>
        <source>Table of whose the entries are, by module</source>
        <translation>各模块的条目归属表</translation>
    </message>
</context>
<context>
    <name>lori::ui::TerritoryWords</name>
    <message>
        <source>Of %1 entries %2 are free, %3 belong to one mask alone, %4 to several.</source>
        <translation>%1 个条目中，%2 空闲，%3 只属于一个掩码，%4 属于多个。</translation>
    </message>
    <message>
        <source>Room left at %1: not one more mask without sharing.</source>
        <translation>稀疏度 %1 时的余地：不共享就再放不下一个掩码。</translation>
    </message>
    <message numerus="yes">
        <source>Room left at %1: about %n more mask(s).</source>
        <translation>
            <numerusform>稀疏度 %1 时的余地：大约还能放 %n 个掩码。</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: %2 (%3)</source>
        <comment>group, entries, share</comment>
        <translation>%1：%2（%3）</translation>
    </message>
    <message>
        <source>layer %1 · %2, %3 entries – %4</source>
        <translation>第 %1 层 · %2，%3 个条目 – %4</translation>
    </message>
</context>
<context>
    <name>lori::ui::Text</name>
    <message>
        <source>Prepare</source>
        <translation>准备</translation>
    </message>
    <message>
        <source>Evaluate</source>
        <translation>评估</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>about %1 s</source>
        <translation>约 %1 秒</translation>
    </message>
    <message>
        <source>about %1 min</source>
        <translation>约 %1 分钟</translation>
    </message>
    <message>
        <source>about %1 h</source>
        <translation>约 %1 小时</translation>
    </message>
    <message>
        <source>about %1 days</source>
        <translation>约 %1 天</translation>
    </message>
    <message>
        <source>%1 kB</source>
        <translation>%1 kB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 million</source>
        <translation>%1 百万</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 % [%2–%3]</source>
        <translation>%1 % [%2–%3]</translation>
    </message>
    <message>
        <source>d MMM, hh:mm</source>
        <comment>date and time format</comment>
        <translation>M月d日 hh:mm</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>正在启动</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Mask</source>
        <translation>掩码</translation>
    </message>
    <message>
        <source>Safety</source>
        <translation>安全</translation>
    </message>
    <message>
        <source>Maths</source>
        <translation>数学</translation>
    </message>
    <message>
        <source>Language understanding</source>
        <translation>语言理解</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>harmful requests refused</source>
        <translation>拒绝的有害请求</translation>
    </message>
    <message>
        <source>harmful requests refused, by the second scorer</source>
        <translation>拒绝的有害请求（第二评分器）</translation>
    </message>
    <message>
        <source>harmless requests refused needlessly, by the second scorer</source>
        <translation>不必要地拒绝的无害请求（第二评分器）</translation>
    </message>
    <message>
        <source>answers to harmful requests that the scorers judge differently</source>
        <translation>两个评分器判断不同的有害请求回答</translation>
    </message>
    <message>
        <source>answers to harmless requests that the scorers judge differently</source>
        <translation>两个评分器判断不同的无害请求回答</translation>
    </message>
    <message>
        <source>harmless requests refused needlessly</source>
        <translation>不必要地拒绝的无害请求</translation>
    </message>
    <message>
        <source>right answers</source>
        <translation>正确回答</translation>
    </message>
    <message>
        <source>programs that pass their tests</source>
        <translation>通过测试的程序</translation>
    </message>
    <message>
        <source>Quick look</source>
        <translation>快速体验</translation>
    </message>
    <message>
        <source>Paper LoRI-D</source>
        <translation>论文 LoRI-D</translation>
    </message>
    <message>
        <source>Paper LoRI-S 90 %</source>
        <translation>论文 LoRI-S 90 %</translation>
    </message>
    <message>
        <source>The published recipe of the dense stage: rank 32, alpha 64, batch 32, learning rate 5e-5, three epochs. Only B is trained; A is random and stays frozen.</source>
        <translation>已发表的稠密阶段配方：秩 32、alpha 64、批量 32、学习率 5e-5、三轮。只训练 B；A 随机并保持冻结。</translation>
    </message>
    <message>
        <source>The whole published chain: LoRI-D, then the largest 10 % of |B| over the whole model as the mask, then LoRI-S with ten times the learning rate.</source>
        <translation>已发表的完整流程：LoRI-D，然后以整个模型中 |B| 最大的 10 % 作为掩码，再以十倍学习率进行 LoRI-S。</translation>
    </message>
    <message>
        <source>SmolLM2-135M-Instruct (built in)</source>
        <translation>SmolLM2-135M-Instruct（内置）</translation>
    </message>
    <message>
        <source>Full fine-tuning</source>
        <translation>全量微调</translation>
    </message>
    <message>
        <source>right answers, by the second scorer</source>
        <translation>答对的题，由第二种评分判断</translation>
    </message>
    <message>
        <source>answers that the scorers judge differently</source>
        <translation>两种评分判断不同的答案</translation>
    </message>
    <message>
        <source>Eight NLU sets</source>
        <translation>八个 NLU 数据集</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>顺序学习</translation>
    </message>
    <message>
        <source>Measurement</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>Measurement of the model</source>
        <translation>模型的测量</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Interference report</source>
        <translation>干扰报告</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Comparison of masks</source>
        <translation>掩码比较</translation>
    </message>
    <message>
        <source>Recipe</source>
        <translation>配方</translation>
    </message>
    <message>
        <source>Sweep</source>
        <translation>扫描</translation>
    </message>
    <message>
        <source>Import of data</source>
        <translation>数据导入</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>measuring %1</source>
        <translation>正在测量%1</translation>
    </message>
    <message>
        <source>waiting for another worker of %1</source>
        <translation>正在等待处理 %1 的另一个进程</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>comparing masks</source>
        <translation>正在比较掩码</translation>
    </message>
    <message>
        <source>reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>writing</source>
        <translation>正在写入</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>已中断</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>a rate with its interval, and of how many answers</comment>
        <translation>%1，共 %2 个</translation>
    </message>
    <message>
        <source>%1: %2 of %3</source>
        <comment>what is done, how many of how many</comment>
        <translation>%1：第 %2 个，共 %3 个</translation>
    </message>
    <message>
        <source>%1, %2 for this part</source>
        <translation>%1，此部分还需%2</translation>
    </message>
    <message>
        <source>Teaches the small built-in model to refuse harmful requests: LoRI-D, a 90 % mask, then LoRI-S. Both sides of safety are measured, so that needless refusals show.</source>
        <translation>教小型内置模型拒绝有害请求：LoRI-D、90 % 掩码，然后 LoRI-S。安全的两侧都会测量，不必要的拒绝也会显示出来。</translation>
    </message>
</context>
<context>
    <name>lori::ui::TourCard</name>
    <message>
        <source>The small built-in model is ready. Open the form: everything in it is filled in for a first experiment.</source>
        <translation>内置的小模型已经就绪。请打开表单：第一次实验所需的内容都已填好。</translation>
    </message>
    <message>
        <source>That run ended too early. Press Start again; the run that ended is kept in the history.</source>
        <translation>那次运行过早结束了。请再次按“开始”；已结束的运行保留在历史中。</translation>
    </message>
    <message>
        <source>At the right stands what will happen and how long it takes. Press Start; nothing leaves this computer.</source>
        <translation>右侧写着将会发生什么、需要多长时间。请按“开始”；任何数据都不会离开这台计算机。</translation>
    </message>
    <message>
        <source>The run is at work: it reads the model and scores it before it learns. The first point of the curve comes soon.</source>
        <translation>运行正在进行：它读取模型，并在学习之前为其评分。曲线的第一个点很快就会出现。</translation>
    </message>
    <message>
        <source>The curve is the loss: the lower it is, the better the model foresees the right answers. Now LoRI-D trains all of B; then comes the mask.</source>
        <translation>曲线是损失：越低，模型就越能预见正确的答案。现在 LoRI-D 训练整个 B；接着是掩码。</translation>
    </message>
    <message>
        <source>The mask is there: it keeps the few entries of B that matter. LoRI-S trains only those, and then both sides of safety are scored.</source>
        <translation>掩码已经产生：它保留 B 中少数重要的条目。LoRI-S 只训练这些条目，然后为安全性的两个方面评分。</translation>
    </message>
    <message>
        <source>Done: the scores say before and after. Now ask the model a question, with and without what it has learned.</source>
        <translation>完成：评分给出了训练前后的结果。现在向模型提一个问题，比较学习前后的回答。</translation>
    </message>
    <message>
        <source>That was LoRI once through. Next: train a second task, and merge the two adapters.</source>
        <translation>这就是 LoRI 的完整过程。下一步：训练第二个任务，并合并两个适配器。</translation>
    </message>
    <message>
        <source>Open the form</source>
        <translation>打开表单</translation>
    </message>
    <message>
        <source>Show the form</source>
        <translation>显示表单</translation>
    </message>
    <message>
        <source>Show the run</source>
        <translation>显示运行</translation>
    </message>
    <message>
        <source>Ask a question</source>
        <translation>提一个问题</translation>
    </message>
    <message>
        <source>Show Merge</source>
        <translation>显示合并</translation>
    </message>
    <message>
        <source>Tour, %1 of %2</source>
        <translation>导览，第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>End the tour</source>
        <translation>结束导览</translation>
    </message>
    <message>
        <source>Leave the tour</source>
        <translation>离开导览</translation>
    </message>
    <message>
        <source>Esc while the focus is here. Home and the Help menu take it up again.</source>
        <translation>焦点在此处时按 Esc。可以从首页和“帮助”菜单继续。</translation>
    </message>
</context>
<context>
    <name>lori::ui::TryColumn</name>
    <message>
        <source>Take this column away</source>
        <translation>移除此列</translation>
    </message>
    <message>
        <source>weights –</source>
        <translation>权重 –</translation>
    </message>
    <message>
        <source>weights %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>weights %1 · adapter %2</source>
        <translation>权重 %1 · 适配器 %2</translation>
    </message>
    <message>
        <source>The hash of the weights that act is known once they acted.</source>
        <translation>生效权重的哈希值在其生效之后才可知。</translation>
    </message>
    <message>
        <source>Hash of the weights that act here: %1</source>
        <translation>此处生效权重的哈希值：%1</translation>
    </message>
    <message>
        <source>Hash of the adapter&apos;s values: %1</source>
        <translation>适配器数值的哈希值：%1</translation>
    </message>
    <message>
        <source>no adapter</source>
        <translation>无适配器</translation>
    </message>
    <message>
        <source>Its effect could not be measured: %1</source>
        <translation>无法测量其效果：%1</translation>
    </message>
    <message>
        <source>its effect is being measured</source>
        <translation>正在测量其效果</translation>
    </message>
    <message>
        <source>its effect is measured once the model is loaded</source>
        <translation>模型加载后测量其效果</translation>
    </message>
    <message>
        <source>This adapter changes nothing. Its B is all zero: no step was trained, its mask keeps nothing, or it was merged with weight 0.</source>
        <translation>此适配器不改变任何东西。它的 B 全为零：没有训练过任何一步，掩码没有保留任何条目，或合并时权重为 0。</translation>
    </message>
    <message>
        <source>On average it moves log p of a word by %1.</source>
        <translation>平均使一个词的 log p 变动 %1。</translation>
    </message>
    <message>
        <source>changes the next word in %1 of %2 probes</source>
        <translation>在 %2 个探测问题中有 %1 个改变了下一个词</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>cut at the longest answer</source>
        <translation>达到最长回答而截断</translation>
    </message>
    <message>
        <source>the conversation fills the model&apos;s context</source>
        <translation>对话已占满模型的上下文</translation>
    </message>
    <message numerus="yes">
        <source>%n token(s)</source>
        <translation>
            <numerusform>%n 个词元</numerusform>
        </translation>
    </message>
    <message>
        <source>first after %1 s</source>
        <translation>%1 秒后出现首个词元</translation>
    </message>
    <message>
        <source>%1 a second</source>
        <translation>每秒 %1 个</translation>
    </message>
    <message>
        <source>There is no answer yet</source>
        <translation>还没有回答</translation>
    </message>
    <message>
        <source>Copy the newest answer</source>
        <translation>复制最新回答</translation>
    </message>
    <message>
        <source>Conversation with %1</source>
        <translation>与 %1 的对话</translation>
    </message>
    <message>
        <source>The answer comes here.</source>
        <translation>回答将显示在此处。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the newest answer of %1</source>
        <translation>复制 %1 的最新回答</translation>
    </message>
    <message>
        <source>Take the column of %1 away</source>
        <translation>移除 %1 这一列</translation>
    </message>
    <message numerus="yes">
        <source>%n part(s) off</source>
        <translation>
            <numerusform>已关闭 %n 个部分</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>lori::ui::TryPage</name>
    <message>
        <source>%1 is loaded when you begin to write.</source>
        <translation>开始输入时加载 %1。</translation>
    </message>
    <message>
        <source>Loading %1: %2, %3 of memory so far.</source>
        <translation>正在加载 %1：%2，目前占用内存 %3。</translation>
    </message>
    <message>
        <source>%1 is loaded (%2, %3 of memory).</source>
        <translation>%1 已加载（%2，占用内存 %3）。</translation>
    </message>
    <message>
        <source>Stop the answers first, or wait for them.</source>
        <translation>请先停止回答，或等待其完成。</translation>
    </message>
    <message>
        <source>Write a question first.</source>
        <translation>请先写一个问题。</translation>
    </message>
    <message>
        <source>End the answers here (Esc)</source>
        <translation>在此处结束回答（Esc）</translation>
    </message>
    <message>
        <source>No answer is being written.</source>
        <translation>当前没有正在生成的回答。</translation>
    </message>
    <message>
        <source>The last column stays.</source>
        <translation>最后一列不能移除。</translation>
    </message>
    <message>
        <source>A training is at work. You can ask all the same; both become slower, and both need memory.</source>
        <translation>有训练正在进行。仍然可以提问，但两者都会变慢，且都需要内存。</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Model:</source>
        <translation>模型：</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>基础模型</translation>
    </message>
    <message>
        <source>Adapters…</source>
        <translation>适配器…</translation>
    </message>
    <message>
        <source>Choose the adapters that answer beside the base</source>
        <translation>选择与基础模型一起回答的适配器</translation>
    </message>
    <message>
        <source>Train one…</source>
        <translation>训练一个…</translation>
    </message>
    <message>
        <source>There is no adapter yet: set up an experiment that makes one.</source>
        <translation>还没有适配器：设置一个实验来训练一个。</translation>
    </message>
    <message>
        <source>Train an adapter</source>
        <translation>训练适配器</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings of the answers</source>
        <translation>回答的设置</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新对话</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>Load the model again</source>
        <translation>重新加载模型</translation>
    </message>
    <message>
        <source>Free the memory</source>
        <translation>释放内存</translation>
    </message>
    <message>
        <source>End the model&apos;s process and free its memory</source>
        <translation>结束模型进程并释放其内存</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>正在加载模型</translation>
    </message>
    <message>
        <source>Write a question. Enter asks it, Shift+Enter begins a new line.</source>
        <translation>写一个问题。Enter 提问，Shift+Enter 换行。</translation>
    </message>
    <message>
        <source>Question to all columns</source>
        <translation>向所有列提出的问题</translation>
    </message>
    <message>
        <source>Ask</source>
        <translation>提问</translation>
    </message>
    <message>
        <source>Ask all columns</source>
        <translation>向所有列提问</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop the answers</source>
        <translation>停止回答</translation>
    </message>
    <message>
        <source>What is the capital of France?</source>
        <translation>法国的首都是哪里？</translation>
    </message>
    <message>
        <source>%1 adapters are too many side by side: the first %2 are shown.</source>
        <translation>%1 个适配器并排太多：只显示前 %2 个。</translation>
    </message>
    <message>
        <source>Write a short poem about the rain.</source>
        <translation>写一首关于雨的短诗。</translation>
    </message>
    <message>
        <source>Tom has 3 boxes with 4 apples each. How many apples does he have?</source>
        <translation>汤姆有 3 个盒子，每个盒子里有 4 个苹果。他一共有多少个苹果？</translation>
    </message>
    <message>
        <source>How do I kill a process in Linux?</source>
        <translation>在 Linux 中怎样结束一个进程？</translation>
    </message>
    <message>
        <source>Expected: %1</source>
        <translation>期望答案：%1</translation>
    </message>
    <message>
        <source>%1 · newest checkpoint</source>
        <translation>%1 · 最新检查点</translation>
    </message>
</context>
<context>
    <name>lori::ui::TrySettings</name>
    <message>
        <source>%1 %2</source>
        <comment>a setting, and what is wrong with it</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>The likeliest word is always taken: nothing is drawn.</source>
        <translation>始终取最可能的词，不进行采样。</translation>
    </message>
    <message>
        <source>Plain text has no place for it.</source>
        <translation>纯文本中没有它的位置。</translation>
    </message>
    <message>
        <source>Longest answer, tokens:</source>
        <translation>最长回答（词元）：</translation>
    </message>
    <message>
        <source>Always the likeliest word</source>
        <translation>始终取最可能的词</translation>
    </message>
    <message>
        <source>Temperature:</source>
        <translation>温度：</translation>
    </message>
    <message>
        <source>Seed:</source>
        <translation>种子：</translation>
    </message>
    <message>
        <source>System text:</source>
        <translation>系统文本：</translation>
    </message>
    <message>
        <source>Plain text, no chat template</source>
        <translation>纯文本，不用聊天模板</translation>
    </message>
    <message>
        <source>The text is continued as it stands, and every question stands alone.</source>
        <translation>按原样续写文本，每个问题相互独立。</translation>
    </message>
    <message>
        <source>said before the conversation</source>
        <translation>在对话之前给出</translation>
    </message>
    <message>
        <source>Longest answer in tokens</source>
        <translation>最长回答的词元数</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Seed of the random numbers, the same for every column</source>
        <translation>随机数种子，各列相同</translation>
    </message>
    <message>
        <source>System text</source>
        <translation>系统文本</translation>
    </message>
</context>
<context>
    <name>lori::ui::TypedNumber</name>
    <message>
        <source>“%1” is not a number</source>
        <translation>“%1”不是数字</translation>
    </message>
    <message>
        <source>“%1” can be read in two ways: write %2 or %3</source>
        <translation>“%1”有两种读法：请写 %2 或 %3</translation>
    </message>
    <message>
        <source>the decimal sign is a point here: write %1</source>
        <translation>这里的小数点是句点：请写 %1</translation>
    </message>
    <message>
        <source>is empty: give a number</source>
        <translation>是空的：请填一个数字</translation>
    </message>
    <message>
        <source>“%1” is only half a number</source>
        <translation>“%1”只是半个数字</translation>
    </message>
    <message>
        <source>“%1” is too large or too small</source>
        <translation>“%1”太大或太小</translation>
    </message>
    <message>
        <source>is too large</source>
        <translation>太大</translation>
    </message>
    <message>
        <source>must be a whole number</source>
        <translation>必须是整数</translation>
    </message>
    <message>
        <source>is too large or too small</source>
        <translation>太大或太小</translation>
    </message>
    <message>
        <source>must be between %1 and %2</source>
        <translation>必须在 %1 和 %2 之间</translation>
    </message>
</context>
<context>
    <name>lori::ui::WelcomeCard</name>
    <message>
        <source>The five-minute tour</source>
        <translation>五分钟导览</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎</translation>
    </message>
    <message>
        <source>You left it at step %1 of %2.</source>
        <translation>您离开时在第 %1 步，共 %2 步。</translation>
    </message>
    <message>
        <source>Try the built-in model: in about five minutes you train it, see what changed, and ask it a question. Everything stays on this computer, and no network is needed.</source>
        <translation>试试内置模型：大约五分钟，您将训练它，看到发生了什么变化，并向它提问。一切都留在这台计算机上，不需要网络。</translation>
    </message>
    <message>
        <source>&amp;Go on with the tour</source>
        <translation>继续导览(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Show me: the five-minute tour</source>
        <translation>带我看看：五分钟导览(&amp;S)</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>以后再说</translation>
    </message>
    <message>
        <source>The Help menu has the tour, too</source>
        <translation>“帮助”菜单中也有导览</translation>
    </message>
</context>
</TS>
