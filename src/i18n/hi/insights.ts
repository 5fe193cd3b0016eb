// Hindi: /insights.

const CHART_END = 'संख्याएँ टेक्स्ट में हैं।';
const chartStart = (days: string, total: string) =>
  `पट्टियों वाला चार्ट: ${days === '1' ? 'आज' : `${days} दिनों में हर दिन`} पढ़े गए पेज, कुल ${total}`;

export const insights = {
  insights: {
    title: (days: string) => (days === '1' ? 'आँकड़े: आज' : `आँकड़े: पिछले ${days} दिन`),
    empty: (days: string) =>
      `इस सर्वर में ${days === '1' ? 'आज' : `पिछले ${days} दिनों में`} कुछ नहीं गिना गया। जैसे ही मेंबर गाइड इस्तेमाल करेंगे, यहाँ दिखेगा कि वे सबसे ज़्यादा क्या पढ़ते हैं, कहाँ रुक जाते हैं, मदद मिली या नहीं, और किन सवालों का जवाब नहीं मिला।`,
    compared: (days: string) =>
      days === '1' ? 'ब्रैकेट में: एक दिन पहले के मुकाबले।' : `ब्रैकेट में: उससे पहले के ${days} दिनों के मुकाबले।`,
    pages: (count: string, trend: string) => `निजी तौर पर पढ़े गए पेज: **${count}** (${trend})`,
    shown: (count: string, trend: string) => `सबको दिखाए गए: **${count}** (${trend})`,
    walks: (count: string, trend: string) => `गाइड में सफ़र: **${count}** (${trend})`,
    followed: (count: string, trend: string) => `खोले गए लिंक: **${count}** (${trend})`,
    noPages: 'निजी तौर पर पढ़े गए पेज: एक भी नहीं, पहले भी नहीं',
    noneShown: 'सबको दिखाए गए: कुछ नहीं, पहले भी नहीं',
    noWalks: 'गाइड में सफ़र: एक भी नहीं, पहले भी नहीं',
    noneFollowed: 'खोले गए लिंक: एक भी नहीं, पहले भी नहीं',
    nothingRead: (days: string) =>
      days === '1' ? 'न आज कुछ पढ़ा गया, न एक दिन पहले।' : `न पिछले ${days} दिनों में कुछ पढ़ा गया, न उससे पहले के ${days} दिनों में।`,
    more: (percent: string) => `+${percent}%`,
    less: (percent: string) => `−${percent}%`,
    same: 'उतने ही',
    alike: 'लगभग उतने ही',
    new: 'पहले एक भी नहीं',
    read: 'सबसे ज़्यादा पढ़ा गया',
    count: (title: string, count: string) => `**${title}**: ${count}`,
    stops: 'सफ़र कहाँ रुक जाते हैं',
    stopsHint: 'वे पेज जो मंज़िल नहीं हैं। अगर बहुत से सफ़र किसी एक पर खत्म हों, तो शायद उसमें कुछ कमी है।',
    outcomes: 'सफ़र कहाँ अच्छे से पूरे होते हैं',
    end: (title: string, ended: string, percent: string, seen: string) =>
      `**${title}**: यहाँ खत्म हुए सफ़र ${ended} (सब सफ़रों का ${percent}%), पढ़ा गया ${seen} बार`,
    helped: 'क्या मदद मिली?',
    judged: (yes: string, no: string, percent: string) => `हाँ ${yes}, नहीं ${no}: ${percent}% बार मदद मिली।`,
    notHelped: (title: string, no: string, yes: string) => `**${title}**: नहीं ${no}, हाँ ${yes}`,
    asked: 'सवाल',
    answers: (answered: string, unsure: string, declined: string) =>
      `जवाब मिला ${answered}, पक्का नहीं ${unsure}, पेज नहीं मिला ${declined}`,
    refused: (notThis: string, none: string) => `**यह नहीं** × ${notThis}, **इनमें से कोई नहीं** × ${none}`,
    notThis: (title: string, count: string) => `**${title}**: **यह नहीं** × ${count}`,
    waiting: 'इंसान के जवाब के इंतज़ार में',
    moreWaiting: (count: string) => `… और ${count}।`,
    posts: 'फ़ोरम की पोस्ट',
    postCounts: (read: string, answered: string, silent: string, refused: string) =>
      `पढ़ी गई पोस्ट ${read}, जवाब दिया ${answered}, बिना जवाब ${silent}। **यह नहीं** से हटाए गए जवाब: ${refused}`,
    overtaken: (count: string) => `किसी व्यक्ति या दूसरे बॉट ने पहले लिख दिया: ${count}`,
    silentPost: (title: string, url: string) => `बिना जवाब: “${title}” ${url}`,
    gonePost: 'मैं यह पोस्ट अब नहीं पढ़ सकता। जवाब </faq-edit add> से लिखा जा सकता है।',
    questions: 'बिना जवाब वाले सवाल',
    question: (text: string, count: string) => `“${text}” × ${count}`,
    series: 'हर दिन कितने पढ़े गए (पट्टियाँ)',
    seriesBefore: 'उससे पहले का समय (लाइन)',
    week: (days: string, counts: string) => `${days}: ${counts}`,
    unread: (days: string) => `${days}: कुछ नहीं पढ़ा गया`,
    chart: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}, और उससे पहले का समय लाइन में। सबसे ऊँची पट्टी ${date} की है: ${most}। ${CHART_END}`,
    chartOfBars: (days: string, total: string, most: string, date: string) =>
      `${chartStart(days, total)}। सबसे ऊँची पट्टी ${date} की है: ${most}। उससे पहले के समय में कुछ नहीं पढ़ा गया। ${CHART_END}`,
    chartOfLine: (days: string, total: string) =>
      `लाइन वाला चार्ट: ${days === '1' ? 'आज' : `पिछले ${days} दिनों में`} कुछ नहीं पढ़ा गया। लाइन उससे पहले का समय है, जिसमें पढ़े गए पेज: ${total}। ${CHART_END}`,
    goneTopic: 'टॉपिक, जो अब नहीं है',
    write: (question: string) => `जवाब लिखें: ${question}`,
    gone: 'यह सवाल अब सेव नहीं है: सवाल 30 दिन बाद डिलीट हो जाते हैं। जवाब </faq-edit add> से लिखा जा सकता है।',
    footer: 'हर सर्वर और हर दिन (UTC) की गिनती, मेंबरों के बारे में कुछ नहीं। सवाल 30 दिन सेव रहते हैं, पर यह नहीं कि किसने पूछा।',
  },
};
