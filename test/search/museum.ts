// A small guide on an invented subject, with search data of its own.
import type { Edition, Page } from '../../src/guide/model.ts';
import { NO_SEARCH_DATA, type SearchData, type UnderstoodLanguage } from '../../src/guide/search-data.ts';
import type { TrainingSource } from '../../src/search/training.ts';
import type { PageLike } from '../../src/search/training-examples.ts';

const PAGES: readonly PageLike[] = [
  {
    name: 'visit#tickets',
    title: 'Buy a ticket',
    text: 'Buy tickets for the tram museum at the gate or on the web. Children under six ride for free.',
    questions: [
      'how much does a ticket cost',
      'where can i buy tickets',
      'is there a discount for students',
      'do children pay full price',
      'can i book tickets online',
      'price for a family',
      'do i have to reserve',
      'are day passes cheaper',
    ],
  },
  {
    name: 'visit#hours',
    title: 'Opening hours',
    text: 'The museum opens on weekends from April to October, from ten to five.',
    questions: [
      'when do you open',
      'what time does the museum close',
      'are you open on monday',
      'opening hours on holidays',
      'is the museum open in winter',
      'when is the last entry',
      'until what hour can we stay',
      'are you closed in january',
    ],
  },
  {
    name: 'visit#dogs',
    title: 'Dogs and other animals',
    text: 'Dogs on a leash may ride in the last car of every tram.',
    questions: [
      'can i bring my dog',
      'are pets allowed on the tram',
      'does my puppy need a leash',
      'may i take a cat with me',
      'are animals allowed in the museum',
      'do dogs pay',
      'is the cafe dog friendly',
      'guide dogs welcome',
    ],
  },
  {
    name: 'ride#driving',
    title: 'Drive a tram yourself',
    text: 'Adults can drive an old tram for half an hour after a lesson with an instructor.',
    questions: [
      'can i drive a tram myself',
      'how do i get a driving lesson',
      'who may steer the old tram',
      'is there a course for drivers',
      'minimum age for driving',
      'do i need a licence to drive',
      'how long is the driving lesson',
      'gift driving lesson for my father',
    ],
  },
  {
    name: 'ride#wheelchair',
    title: 'Ride with a wheelchair',
    text: 'Car number nine has a lift for wheelchairs and prams. Tell the conductor at the stop.',
    questions: [
      'is the tram accessible for wheelchairs',
      'can i come in a wheelchair',
      'is there a lift for prams',
      'step free access to the trams',
      'help for people who cannot walk',
      'where do i park with a disability badge',
      'which car has a ramp',
      'stroller on the tram',
    ],
  },
  {
    name: 'help#volunteer',
    title: 'Become a volunteer',
    text: 'Volunteers repair trams in the workshop on Thursdays. No experience is needed.',
    questions: [
      'how can i become a volunteer',
      'can i help in the workshop',
      'do volunteers get paid',
      'i want to repair old trams',
      'when do the helpers meet',
      'do i need experience to join the workshop',
      'volunteering for teenagers',
      'donate my time to the museum',
    ],
  },
];

const SEARCH: SearchData = {
  synonyms: new Map([
    ['dog', ['dog', 'puppy', 'pet', 'animal', 'hound', 'poodle']],
    ['ticket', ['ticket', 'price', 'cost', 'fare', 'pay', 'fee']],
    ['drive', ['drive', 'steer', 'operate', 'driver']],
  ]),
  abbreviations: new Map([
    ['tix', 'tickets'],
    ['pls', ''],
    ['perro', 'dog'],
  ]),
  phrases: new Map([['push chair', 'stroller']]),
  courtesies: ['hello', 'thanks', 'good morning', 'everyone', 'bro …', '… my friends'],
  languages: new Map(),
  pointers: [
    {
      id: 'zoo',
      text: 'The zoo has a page of its own.',
      link: { label: 'The zoo', url: 'https://example.org/zoo' },
      questions: [
        'when are the lions fed',
        'ticket for the zoo',
        'how old is the elephant',
        'may i feed the monkeys',
        'zoo opening hours',
        'is there a petting zoo',
        'can i see the penguins',
        'zoo with children',
      ],
    },
  ],
  offTopic: [
    'hello how are you',
    'what is the weather tomorrow',
    'tell me a joke',
    'how do i repair my car',
    'when does the zoo open',
    'where is the train station',
    'what does a bus ticket cost',
    'can i drive a tram in a video game',
    'my dog is ill',
    'book a hotel for two nights',
    'who won the match',
    'recommend a restaurant',
  ],
};

/** @param locale chooses the rules of the language */
export function museum(locale = 'en', search: SearchData = SEARCH): TrainingSource {
  return { locale, search, pages: new Map(PAGES.map((page) => [page.name, page])) };
}

/** Spanish is understood, for one costly page and two others; German is only recognized. */
const LANGUAGES: ReadonlyMap<string, UnderstoodLanguage> = new Map([
  [
    'es',
    {
      ...NO_SEARCH_DATA,
      courtesies: ['hola', 'gracias', 'va'],
      offTopic: [
        'qué tiempo hace hoy en madrid',
        'cuéntame un chiste',
        'quién ganó el partido de ayer',
        'recomienda un buen restaurante',
        'cómo arreglo mi coche',
        'dónde está la estación de tren',
      ],
      examples: ['me gustaría saber más sobre este lugar'],
      questions: new Map([
        [
          'visit#dogs',
          [
            'puedo llevar a mi perro',
            'se permiten animales en el museo',
            'mi perro puede subir al tranvía',
            'los perros necesitan correa',
            'puedo entrar con un gato',
            'pagan los perros',
          ],
        ],
        [
          'visit#tickets',
          [
            'cuánto cuesta una entrada',
            'dónde compro las entradas',
            'hay descuento para estudiantes',
            'los niños pagan entrada',
            'puedo comprar entradas por internet',
            'precio para una familia',
          ],
        ],
        [
          'ride#driving',
          [
            'puedo conducir un tranvía',
            'cuánto dura la clase de conducir',
            'quién puede manejar el tranvía antiguo',
            'necesito licencia para conducir',
            'edad mínima para conducir',
            'regalo una clase de conducir',
          ],
        ],
      ]),
    },
  ],
  [
    'de',
    {
      ...NO_SEARCH_DATA,
      courtesies: ['danke'],
      examples: [
        'ich möchte gerne wissen wann geöffnet ist',
        'darf ich meinen hund mitbringen',
        'was kostet eine eintrittskarte für kinder',
        'wo kann ich mit dem rollstuhl einsteigen',
        'wie werde ich ehrenamtlicher helfer',
      ],
      questions: new Map(),
    },
  ],
]);

/** The museum as an edition, with a costly page and two other languages. */
export function museumEdition(): Edition {
  const pages = PAGES.map((page) => asPage({ ...page, costly: page.name === 'ride#driving' }));
  return {
    locale: 'en',
    subject: { title: '', intro: '', sources: '', limits: '', scope: '', support: '', disclaimer: '', unconfirmed: '' },
    guides: [],
    pages: new Map(pages.map((page) => [page.name, page])),
    codes: new Map(),
    renamed: new Map(),
    search: { ...SEARCH, languages: LANGUAGES },
  };
}

/** @param page what the search knows of it */
function asPage(page: PageLike): Page {
  return {
    path: 'museum.md',
    line: 1,
    column: 1,
    code: '',
    guide: '',
    outcome: false,
    costly: false,
    urgent: false,
    alerts: [],
    steps: [],
    links: [],
    visibleLength: page.text.length,
    citations: [],
    sources: [],
    isOnlyClaimed: false,
    ...page,
  };
}
