// Hindi: /faq-pin.

export const pins = {
  pin: {
    pinned: (channelId: string, url: string) =>
      `<#${channelId}> में पिन किया गया: ${url}\nजब भी गाइड या आपका अपना टेक्स्ट बदलता है, यह अपडेट होता है।`,
    already: (channelId: string, url: string) => `यह टॉपिक <#${channelId}> में पहले से पिन है: ${url}`,
    youLack: (permissions: string, channelId: string) => `<#${channelId}> में आपको ${permissions} परमिशन चाहिए।`,
    botLacks: (permissions: string, channelId: string) =>
      `<#${channelId}> में मुझे ${permissions} परमिशन चाहिए। इस सर्वर के किसी एडमिन से परमिशन देने को कहें, फिर कोशिश करें।`,
    full: (channelId: string) =>
      `कुछ पोस्ट नहीं हुआ: <#${channelId}> भरा हुआ है, क्योंकि Discord एक चैनल में 250 पिन किए मैसेज ही रखने देता है। पहले वहाँ कुछ अनपिन करें।`,
    archived: (channelId: string) => `कुछ पोस्ट नहीं हुआ: <#${channelId}> आर्काइव या लॉक है। उसे दोबारा खोलें, फिर कोशिश करें।`,
    notThere: (channelId: string) => `कुछ पोस्ट नहीं हुआ: <#${channelId}> मुझे नहीं दिखता, या वह अब नहीं है।`,
    failed: 'कुछ पिन नहीं हुआ, क्योंकि Discord में गड़बड़ हुई। एक मिनट बाद फिर कोशिश करें।',
    leftBehind: (url: string) =>
      `कुछ पिन नहीं हुआ, पर मेरा मैसेज अब भी वहाँ है, क्योंकि Discord ने मुझे उसे डिलीट नहीं करने दिया: ${url}\nउसे खुद डिलीट करें, फिर कोशिश करें।`,
    kept: {
      permission: (channelId: string) =>
        `कुछ नहीं हटाया गया: Discord मुझे <#${channelId}> में अपना मैसेज डिलीट नहीं करने देता। देखें कि वहाँ मेरे पास **View Channel** और **Read Message History** हैं, फिर कोशिश करें, या मैसेज खुद डिलीट करें।`,
      access: (channelId: string) =>
        `कुछ नहीं हटाया गया: <#${channelId}> मुझे नहीं दिखता। वहाँ मुझे **View Channel** दें, फिर कोशिश करें।`,
      archived: (channelId: string) =>
        `कुछ नहीं हटाया गया: <#${channelId}> आर्काइव या लॉक है। उसे दोबारा खोलें, फिर कोशिश करें।`,
      failed: 'कुछ नहीं हटाया गया, क्योंकि Discord में गड़बड़ हुई। एक मिनट बाद फिर कोशिश करें।',
    },
    blocked: 'कुछ पोस्ट नहीं हुआ: इस सर्वर का कोई नियम (AutoMod) या खुद Discord इस टेक्स्ट को ब्लॉक करता है।',
    notPinned: (channelId: string) =>
      `यह <#${channelId}> में पिन नहीं है, इसलिए हटाने को कुछ नहीं है। क्या-क्या पिन है, यह </faq-pin list> में दिखता है।`,
    removed: (title: string, channelId: string) => `<#${channelId}> से हटाया गया: **${title}**।`,
    removedGone: (title: string, channelId: string) =>
      `**${title}** पहले से ही <#${channelId}> में नहीं था। अब यह लिस्ट में भी नहीं है।`,
    list: 'यहाँ पिन किए हुए',
    none: 'इस बॉट ने अभी कुछ पिन नहीं किया है। </faq-pin add> से टॉपिक पिन होता है।',
    line: (title: string, channelId: string, url: string, state: string) =>
      `**${title}**, <#${channelId}> में · ${state} · ${url}`,
    state: {
      alive: 'अपडेट है',
      due: 'अपडेट हो रहा है',
      archived: 'अपडेट नहीं है: थ्रेड आर्काइव या लॉक है। उसे दोबारा खोलें, फिर </faq-pin list> दोबारा इस्तेमाल करें',
      blocked: 'अपडेट नहीं है: इस सर्वर का कोई नियम (AutoMod) या खुद Discord नए टेक्स्ट को ब्लॉक करता है',
      forbidden: 'अपडेट नहीं है: Discord मुझे इसे बदलने नहीं देता। उस चैनल में मेरी परमिशन देखें',
      failing: 'अपडेट नहीं है: पिछली बार अपडेट नहीं हो पाया। मैं फिर कोशिश करूँगा',
      unpinned: 'अब पिन नहीं है: किसी ने अनपिन किया। मैसेज अब भी वहाँ है और अपडेट रहता है',
      message: 'अब नहीं है: मैसेज डिलीट किया गया',
      channel: 'अब नहीं है: चैनल डिलीट किया गया',
      access: 'पहुँच से बाहर: वह चैनल मुझे अब नहीं दिखता',
      permission: 'जाँचा नहीं गया: मुझे वहाँ **Read Message History** चाहिए',
      topic: 'इसका टॉपिक अब नहीं है। मैसेज जैसा था वैसा ही रहता है',
      unknown: 'जाँचा नहीं गया: Discord ने जवाब नहीं दिया',
    },
    unknownTopic: 'टॉपिक, जो अब नहीं है',
    reason: (user: string, command: string) => `${user} ने ${command} चलाया`,
  },
};
