// Words that say nothing about what is asked for, by language. They count only where nothing else is asked.
const WORDS = {
  ar: "من في على الي عن ما لا هل كيف ماذا متي اين لماذا هو هي هذا هذه ذلك او ثم ان كل مع بين التي الذي كان",
  de: "der die das den dem des ein eine einen einem einer und oder aber ist sind war wird werden wie was wer wo wann warum welche welcher welches ich mein meine mir mich du wir man es nicht kein keine im in am an auf aus bei mit nach von vor zu zum zur fur durch ohne uber kann soll sollte muss",
  en: "a an the and or but if is are was be been being am do does did how what which who whom where when why should can could may might must shall will would i me my mine you your we our us it its they them their this that these those there here in on at of to for from by with without into out about as than then so not no yes s t",
  es: "el la los las un una unos unas y o pero es son era ser como que cual quien donde cuando porque por para de del en con sin sobre a al mi me tu se su no si lo puedo debo debe",
  fr: "le la les l un une des du de d et ou mais est sont etre comment que quoi quel quelle qui ou quand pourquoi pour par dans en sur sous avec sans a au aux je me mon ma mes tu il elle on nous vous se ne pas c j qu faut peut",
  pl: "i oraz lub albo ale jest sa byc jak co kto gdzie kiedy dlaczego czy ktory ktora ktore w we na do od z ze za po przed przez dla bez o u ja moj moja mi sie nie to ten ta te mozna",
};

// Words that say little: what somebody does with the thing that they ask for.
const LIGHT = {
  de: "machen mache gibt geben brauche brauchen benutzen benutze nutzen verwenden geht bekommen",
  en: "add get gets got getting give gives make makes making made use uses used using need needs want wants try way ways work works working let put set several many much some",
  es: "hacer hago usar uso tener tengo necesito quiero funciona poner",
  fr: "faire fais utiliser utilise avoir ai besoin veux marche fonctionne mettre",
  pl: "zrobic robic uzyc uzywac uzywam potrzebuje chce dziala miec",
};

// Characters that only join words, in scripts without spaces: a pair with one of them says little.
const JOINING = /[\u3040-\u309f的了吗呢着过到在是和与或及把被让给对为我你您他她它们这那哪几个么怎如何会要两]/u;

/** Whether a pair of characters of a script without spaces says little. */
export const isJoining = (pair) => JOINING.test(pair);

/** The stop words of languages, as the index writes them. */
export const stopWords = (languages) => wordsOf(languages, WORDS);

/** The words of languages that say little. */
export const lightWords = (languages) => wordsOf(languages, LIGHT);

function wordsOf(languages, lists) {
  const names = new Set(languages.map((language) => language.toLowerCase().split("-")[0]));
  return new Set([...names].flatMap((name) => lists[name]?.split(" ") ?? []));
}
