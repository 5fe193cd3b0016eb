// How people type: short forms, phrases that are one word to the search, and words from other languages.

/** One word → the words it stands for; the empty string drops it. */
export const SLANG: Readonly<Record<string, string>> = {
  '1': 'one', '2': 'two', '3': 'three', '1st': 'first', '2nd': 'second', '3rd': 'third',
  '2fa': 'authenticator code', 'b4': 'before', 'thru': 'through', 'w': 'with', 'wo': 'without',
  'ac': 'account', 'acc': 'account', 'accs': 'accounts', 'acct': 'account', 'accnt': 'account', 'accout': 'account', 'a/c': 'account',
  'afaik': '', 'asap': '', 'atm': 'now', 'bc': 'because', 'bcoz': 'because', 'bcz': 'because', 'becoz': 'because', 'cuz': 'because', 'coz': 'because',
  'bro': '', 'bruh': '', 'btn': 'button', 'btw': '', 'c': 'see', 'cos': 'because', 'cs': 'support', 'cv': 'profile', 'd': 'the', 'da': 'the',
  'deact': 'deactivate', 'del': 'delete', 'diff': 'different', 'dnt': 'do not', 'dob': 'birthday', 'docs': 'documents',
  'fb': 'facebook', 'ig': 'instagram', 'yt': 'youtube', 'tg': 'telegram', 'wa': 'whatsapp', 'gd': 'good',
  'fl': 'freelancer', 'fls': 'freelancers', 'fp': 'fixed price', 'frnd': 'friend', 'gf': 'girlfriend', 'gimme': 'give me',
  'gonna': 'will', 'gotta': 'must', 'wanna': 'want', 'hw': 'how', 'hav': 'have', 'hv': 'have', 'hubby': 'husband', 'sis': 'sister',
  'idk': 'do not know', 'im': 'i am', 'ive': 'i have', 'imo': '', 'info': 'information', 'jss': 'job success score', 'js': 'job success',
  'k': '', 'lemme': 'let me', 'lol': '', 'm': 'am', 'mgr': 'manager', 'msg': 'message', 'msgs': 'messages', 'mth': 'month', 'mths': 'months',
  'n': 'and', 'nd': 'and', 'ne': 'any', 'nt': 'not', 'nvm': '', 'omg': '', 'ofc': '', 'ofcourse': '', 'pc': 'computer', 'pic': 'picture',
  'pls': '', 'plz': '', 'plss': '', 'plzz': '', 'please': '', 'pleas': '', 'kindly': '', 'sir': '', 'sirs': '', 'maam': '', 'madam': '', 'guys': '', 'hi': '', 'hey': '', 'hello': '',
  'ppl': 'people', 'prob': 'problem', 'pw': 'password', 'pwd': 'password', 'pass': 'password', 'psw': 'password', 'pwrd': 'password', 'r': 'are', 'rn': 'now', 'rly': 'really',
  'sb': 'somebody', 'sth': 'something', 'smth': 'something', 'smb': 'somebody', 'sm1': 'someone', 'tho': '', 'tbh': '', 'thx': '', 'ty': '', 'thanks': '', 'thnx': '',
  'tnc': 'terms', 'tos': 'terms', 'u': 'you', 'ur': 'your', 'ure': 'you are', 'urs': 'yours', 'usd': 'dollar', 'bucks': 'dollar',
  'uw': 'upwork', 'va': 'virtual assistant', 'vid': 'video', 'wat': 'what', 'wht': 'what', 'whats': 'what is', 'wen': 'when', 'whn': 'when', 'whr': 'where', 'wher': 'where', 'y': 'why',
  'wk': 'week', 'wks': 'weeks', 'wrk': 'work', 'wud': 'would', 'shud': 'should', 'cud': 'could', 'yr': 'year', 'yrs': 'years', 'ya': '', 'yall': '',
  'cant': 'can not', 'cannot': 'can not', 'couldnt': 'could not', 'didnt': 'did not', 'doesnt': 'does not', 'dont': 'do not', 'hasnt': 'has not', 'havent': 'have not', 'havnt': 'have not',
  'isnt': 'is not', 'isn': 'is not', 'arent': 'are not', 'wasnt': 'was not', 'wont': 'will not', 'wouldnt': 'would not', 'shouldnt': 'should not', 'aint': 'is not', 'dun': 'do not',
  'hes': 'he is', 'shes': 'she is', 'theyre': 'they are', 'youre': 'you are', 'theres': 'there is', 'thats': 'that is', 'wheres': 'where is', 'hows': 'how is', 'lets': 'let us', 'ill': 'i will',
  'seperate': 'separate', 'diffrent': 'different', 'recieve': 'receive', 'alowed': 'allowed', 'payed': 'paid', 'loose': 'lose', 'feedbacks': 'feedback', 'kyc': 'identity check',
  'adress': 'address', 'mail': 'email', 'mails': 'emails', 'inbox': 'mailbox', 'cellphone': 'phone', 'mobile': 'phone', 'fone': 'phone',
};

/** Two words → the one word that the search knows them by. */
export const PHRASES: Readonly<Record<string, string>> = {
  'log in': 'login', 'logging in': 'login', 'logged in': 'login', 'sign in': 'login', 'signing in': 'login', 'signed in': 'login', 'log into': 'login',
  'log out': 'logout', 'logged out': 'logout', 'locked out': 'lockedout', 'lock out': 'lockedout',
  'sign up': 'signup', 'signed up': 'signup', 'signing up': 'signup', 'shut down': 'shutdown', 'shutting down': 'shutdown', 'get rid': 'delete', 'getting rid': 'delete',
  'come back': 'comeback', 'came back': 'comeback', 'coming back': 'comeback', 'go back': 'comeback', 'get back': 'comeback', 'take over': 'takeover', 'took over': 'takeover',
  'start over': 'restart', 'starting over': 'restart', 'start again': 'restart', 'start fresh': 'restart', 'fresh start': 'restart', 'start new': 'restart', 'clean slate': 'restart', 'from zero': 'restart', 'from scratch': 'restart',
  'e mail': 'email', 'wi fi': 'wifi', 'i d': 'id', 'a c': 'account', 'turn off': 'deactivate', 'switch off': 'deactivate', 'pass word': 'password', 'on hold': 'hold', 'up work': 'upwork',
};

/** Words of members who write half in English, half in their own language. */
export const BORROWED: Readonly<Record<string, string>> = {
  // Spanish and Portuguese
  cuenta: 'account', cuentas: 'accounts', conta: 'account', contas: 'accounts', cerrar: 'close', fechar: 'close', eliminar: 'delete', borrar: 'delete', excluir: 'delete', apagar: 'delete', nueva: 'new', nova: 'new', segunda: 'second', dinero: 'money', dinheiro: 'money', suspendida: 'suspended', suspensa: 'suspended', bloqueada: 'blocked', contrasena: 'password', senha: 'password', reabrir: 'reopen', recuperar: 'recover', como: 'how', puedo: 'can', posso: 'can', dos: 'two', duas: 'two', soporte: 'support',
  // French, Italian and German
  compte: 'account', comptes: 'accounts', fermer: 'close', supprimer: 'delete', nouveau: 'new', argent: 'money', suspendu: 'suspended', bloque: 'blocked', deux: 'two', profil: 'profile', conto: 'account', chiudere: 'close', cancellare: 'delete', nuovo: 'new', soldi: 'money', konto: 'account', schliessen: 'close', loschen: 'delete', loeschen: 'delete', neues: 'new', zweites: 'second', geld: 'money', gesperrt: 'suspended', passwort: 'password', wie: 'how', zwei: 'two', kann: 'can',
  // Hindi and Urdu in Latin letters, Tagalog, Indonesian
  kaise: 'how', kese: 'how', mera: 'my', meri: 'my', mere: 'my', naya: 'new', nayi: 'new', dusra: 'second', doosra: 'second', paisa: 'money', paise: 'money', nahi: 'not', nahin: 'not', band: 'close', karna: 'do', karu: 'do', karo: 'do', karke: 'do', bhai: '', yaar: '', hai: 'is', hain: 'are', kya: 'what', kyu: 'why', paano: 'how', bago: 'new', akun: 'account', tutup: 'close', hapus: 'delete', baru: 'new', uang: 'money', pera: 'money', bagaimana: 'how',
};
