"""Characters that are taken for one another: they sound alike, or look alike.

`sounds.txt` gives the 3755 common characters of GB 2312, which that standard orders by their readings, one syllable a line.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

_LOOK_ALIKE = (
    "己已巳 帅师 末未 摸模 木术朮 拔拨 候侯 坏环 贷货 载栽裁戴 崇祟 粟栗 辩辨辫瓣 辑缉揖 竞竟 锻煅 炼练 检捡俭 幕慕募墓 纪记 "
    "历厉 徐涂 渐惭 概慨溉 峰锋蜂 贴帖 籍藉 暇瑕 段断 级极 析折 晰淅 科料 准淮谁 撑掌 列例 侧测则 燥躁噪操澡 蓝篮 恰洽 "
    "迄讫 歉谦 沦论轮 仿访纺 抡抢 冶治 陶淘 杨扬 域城 偏编遍篇 培陪倍赔 茅矛 苟狗 涯崖 复覆 幅辐副 徒陡 第弟 士土 干千于 "
    "日曰目 入人八 大太犬 天夭 刀力 乌鸟 今令 予矛 办为 免兔 住往佳 形型 代伐 低底抵 场扬 技枝 抄炒 板扳 杆秆 材村 "
    "知和 佐估 估诂 拆折 拓柘 招抬 拔拔 泡抱 训圳 设没 评坪 证正 识织职 账帐 购构沟 赛塞 赏尝 贫贪 质盾 项顶 领须 顺须 "
    "要耍 受爱 受授 毫豪 享亨 亭享 宜宣 宫官 审宙 密蜜 寒塞 察擦 实买 导异 建健键 徽微 徵微 德得 悟语 惯贯 情清请晴睛 "
    "慢漫 成戍 我找 所析 抓爪 投没 护炉 报极 抽油 担但 持特待 指旨 挺庭廷 损捐 据居 排徘 推准 描猫 提堤 搞稿 摄慑 效郊 "
    "教数 敝敞 斑班 旋施 暂哲 景影 期欺 未来 机杌 构枸 柱拄 校较 样祥 根很 格恪 案桉 梁粱 棵颗 模膜 横黄 款欺 次资 "
    "注住驻 洁结 流硫 浏刘 消销 深探 减碱 游旅 满瞒 演寅 爆暴 牵率 班斑 球求 理埋 生主 由田甲申 电申 畅杨 番翻 疫役 "
    "瘦廋 直真 看着 睛晴 矩短 硬便 确硧 祥详 秘密 移侈 程呈 稳隐 究穷 竿芋 符附 等筹 签竿 管官 精情 素索 紧系 终钟 绎译 "
    "组租祖阻 经径 绍沼 给结 维唯惟 综棕踪 缓暖 编缉 网冈 耗耘 联连 肓盲 育盲 胜性 脑恼 膝漆 致到 航杭 般船 茶荼 药约 "
    "营萤 薄簿 融隔 衷哀 裁栽 装袋 西酉 规观 视现 订钉 认队 讨付 许计 诊珍 诚城 课棵 谈淡 贡页 起赴 越趣 路跑 跟根 践贱 "
    "辅铺 辆俩 输愉 违连 迅讯 进近 远运 迎仰 述术 追迫 选迭 通诵 造遭 遂逐 遣遗 部陪 郎朗 配酌 采彩 野予 量重 钩钓 铬络 "
    "销消 锐税 间问 阅阔 队坠 阵陈 陆击 限根 院皖 险检 随堕 难准 霄宵 非菲 顿吨 频濒 驱躯 骤聚 鉴签 鼓豉 龄令"
)
_CLOSE = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"))


@cache
def sounds() -> dict[str, str]:
    """The 3755 common characters and the syllable under which the standard has each."""
    file = resources.files(__package__).joinpath("sounds.txt")
    return {
        character: syllable
        for syllable, _, characters in (line.partition(" ") for line in file.read_text("utf-8").splitlines())
        for character in characters
    }


@cache
def _looks() -> frozenset[str]:
    groups = _LOOK_ALIKE.split()
    return frozenset(one + other for group in groups for one in group for other in group if one != other)


def _slurred(syllable: str) -> str:
    for full, short in _CLOSE:
        if syllable.startswith(full):
            syllable = short + syllable[len(full) :]
            break
    return syllable.removesuffix("g") if syllable.endswith(("ing", "eng", "ang")) else syllable


def sound_alike(one: str, other: str, *, nearly: bool = False) -> bool:
    """Whether two characters share a syllable; `nearly`: also zh/z, ch/c, sh/s, l/n, in/ing, en/eng, an/ang."""
    first, second = sounds().get(one, ""), sounds().get(other, "")
    return bool(first and second) and (first == second or (nearly and _slurred(first) == _slurred(second)))


def look_alike(one: str, other: str) -> bool:
    """Whether two characters are known to be mistaken for one another by their shape."""
    return one + other in _looks()
