#!/usr/bin/env python3
"""Writes src/page/atom_table.inc: the tag and attribute names that are known at compile time.

Source: the element and attribute indices of https://html.spec.whatwg.org/ and the case-adjustment tables of its
section 13.2.6.1, plus the attributes news pages carry (microdata, RDFa, ARIA, lazy images, AMP).
Run: tools/page_atoms.py > src/page/atom_table.inc
"""

HTML_TAGS = """
a abbr acronym address amp-img applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body
br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em embed
fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image
img input ins isindex kbd keygen label legend li link listing main map mark marquee menu menuitem meta meter nav nobr
noembed noframes noscript object ol optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s
samp script search section select selectedcontent slot small source span strike strong style sub summary sup table tbody td template
textarea tfoot th thead time title tr track tt u ul var video wbr xmp
"""

MATHML_TAGS = """
math annotation annotation-xml maction malignmark menclose merror mfenced mfrac mglyph mi mmultiscripts mn mo mover
mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover
semantics
"""

SVG_TAGS = """
svg animate circle cursor defs desc discard ellipse filter g hatch hatchpath line marker mask mesh metadata mpath path
pattern polygon polyline rect set stop switch symbol text tref tspan unknown use view
"""

# The standard's "adjust SVG tag names": written here in their adjusted case; the lower-case twin is added.
SVG_TAGS_MIXED = """
altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath feBlend feColorMatrix
feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient radialGradient textPath
"""

ATTRIBUTES = """
id class href src rel type name content style title alt width height property lang dir role target value itemprop
itemscope itemtype itemid itemref datetime srcset sizes media charset http-equiv action method for placeholder
autocomplete accept accept-charset accesskey align alink allow allowfullscreen archive async autocapitalize autofocus
autoplay axis background behavior bgcolor border bordercolor cellpadding cellspacing char charoff checked classid clear
code codebase codetype color cols colspan command compact contenteditable controls coords crossorigin data decoding
declare default defer dirname disabled download draggable enctype enterkeyhint event face fetchpriority form formaction
formenctype formmethod formnovalidate formtarget frame frameborder headers hidden high hspace imagesizes imagesrcset
inert inputmode integrity is ismap kind link list longdesc loop low marginheight marginwidth max maxlength min minlength
multiple muted nohref nomodule nonce noresize noshade novalidate nowrap object open optimum pattern ping playsinline
popover popovertarget poster preload profile prompt readonly referrerpolicy required rev reversed rows rowspan rules
sandbox scheme scope scrolling selected shape size slot span spellcheck srcdoc srclang standby start step summary tabindex
text translate usemap valign valuetype version vlink vspace wrap
about datatype inlist prefix resource typeof vocab
loading layout on key index
onabort onblur onchange onclick onerror onfocus onkeydown onkeypress onkeyup onload onmousedown onmousemove onmouseout
onmouseover onmouseup onreset onresize onscroll onsubmit onunload
aria-hidden aria-label aria-labelledby aria-describedby aria-controls aria-expanded aria-haspopup aria-current
aria-level aria-live aria-modal aria-selected aria-pressed aria-disabled aria-valuemax aria-valuemin aria-valuenow
data-src data-srcset data-sizes data-original data-lazy-src data-lazy-srcset data-id data-type data-url data-href
data-title data-toggle data-target data-value data-name data-index data-position data-width data-height data-alt
data-action data-src-retina data-image data-link data-image-id data-content data-component data-module data-testid
data-test data-track data-label data-text data-date data-time data-timestamp data-category data-dismiss data-slide-to
data-icon data-placeholder data-qa data-ga data-analytics data-reactid data-react-helmet data-bind data-role data-theme
data-ad data-lang data-share data-size data-count data-show data-layout data-tracking data-widget data-href-url
xml:lang xml:space xml:base xmlns xmlns:xlink xlink:actuate xlink:arcrole xlink:href xlink:role xlink:show xlink:title
xlink:type encoding
d fill fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray
stroke-opacity clip-path clip-rule transform x y x1 x2 y1 y2 cx cy r rx ry points opacity offset stop-color stop-opacity
focusable enable-background overflow display font-size font-family font-weight text-anchor filter mask in in2 result
operator values from to dur begin end by mode order scale seed dx dy rotate marker-end marker-start
"""

SVG_ATTRIBUTES_MIXED = """
attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits diffuseConstant edgeMode filterUnits
glyphRef gradientTransform gradientUnits kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lengthAdjust
limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits numOctaves pathLength
patternContentUnits patternTransform patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio
primitiveUnits refX refY repeatCount repeatDur requiredExtensions requiredFeatures specularConstant specularExponent
spreadMethod startOffset stdDeviation stitchTiles surfaceScale systemLanguage tableValues targetX targetY textLength
viewBox viewTarget xChannelSelector yChannelSelector zoomAndPan
"""

MATHML_ATTRIBUTES_MIXED = "definitionURL"

KEYWORDS = set("""
alignas alignof and and_eq asm auto bitand bitor bool break case catch char char8_t char16_t char32_t class compl concept
const consteval constexpr constinit const_cast continue co_await co_return co_yield decltype default delete do double
dynamic_cast else enum explicit export extern false float for friend goto if inline int long mutable namespace new
noexcept not not_eq nullptr operator or or_eq private protected public register reinterpret_cast requires return short
signed sizeof static static_assert static_cast struct switch template this thread_local throw true try typedef typeid
typename typeof union unsigned using virtual void volatile wchar_t while xor xor_eq none
""".split())


def identifier(name):
    text = name.replace("-", "_").replace(":", "_")
    return text + "_" if text in KEYWORDS else text


def main():
    names = []

    def add(words):
        for word in words.split():
            if word not in names:
                names.append(word)

    add(HTML_TAGS)
    add(MATHML_TAGS)
    add(SVG_TAGS)
    add(SVG_TAGS_MIXED.lower())
    add(SVG_TAGS_MIXED)
    last_tag = names[-1]
    add(ATTRIBUTES)
    for mixed in (SVG_ATTRIBUTES_MIXED, MATHML_ATTRIBUTES_MIXED):
        add(mixed.lower())
        add(mixed)

    print("// Written by tools/page_atoms.py; do not edit. VIGIE_ATOM(identifier, \"name\"), tags before attributes.")
    print("#ifdef VIGIE_ATOM")
    for name in names:
        print(f'VIGIE_ATOM({identifier(name)}, "{name}")')
    print("#endif\n#ifdef VIGIE_LAST_TAG")
    print(f"VIGIE_LAST_TAG({identifier(last_tag)})")
    for macro, words in (("VIGIE_SVG_TAG_CASE", SVG_TAGS_MIXED), ("VIGIE_SVG_ATTRIBUTE_CASE", SVG_ATTRIBUTES_MIXED),
                         ("VIGIE_MATHML_ATTRIBUTE_CASE", MATHML_ATTRIBUTES_MIXED)):
        print(f"#endif\n#ifdef {macro}")
        for word in words.split():
            print(f"{macro}({identifier(word.lower())}, {identifier(word)})")
    print("#endif")


if __name__ == "__main__":
    main()
